package io.strategysandbox.core;

import com.sun.management.OperatingSystemMXBean;
import io.strategysandbox.core.config.DockerConfig.Limits;
import java.lang.management.ManagementFactory;

/** How many sandboxes fit on this machine at a time. */
record Capacity(int cores, long memoryBytes) {

    /** The part of the memory that sandboxes may fill together; the rest is the build's and the system's. */
    private static final double MEMORY_SHARE = 0.8;

    static Capacity ofThisMachine() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Capacity(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
    }

    /**
     * How many strategies to run at a time.
     *
     * @param requested what was asked for; 0 means as many as fit
     * @param limits what each sandbox gets
     * @return at least 1; never more than fit into the memory
     */
    int parallelism(int requested, Limits limits) {
        long byMemory = (long) (memoryBytes * MEMORY_SHARE) / limits.memoryBytes();
        long wanted = requested > 0 ? requested : (long) (cores / limits.cpus());
        return (int) Math.max(1, Math.min(wanted, byMemory));
    }
}
