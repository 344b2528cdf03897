package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.error;
import static io.strategysandbox.core.backend.docker.Attack.okPrinting;
import static io.strategysandbox.core.backend.docker.Attack.onBar;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.RunOutcome;
import java.util.List;

/** Reaching past the container: the network, the host's settings, native code, open descriptors. */
final class OutsideAttacks {

    private OutsideAttacks() {}

    static List<Attack> all() {
        return List.of(
                onBar(
                        "TCP to this machine",
                        "new java.net.Socket(\"127.0.0.1\", 2375);",
                        error("Operation not permitted")),
                onBar(
                        "TCP to a name of another machine",
                        "new java.net.Socket(\"example.com\", 80);",
                        error("Operation not permitted")),
                onBar("TCP to the cloud's metadata", """
                        new java.net.Socket().connect(new java.net.InetSocketAddress("169.254.169.254", 80), 500);""", error("Operation not permitted")),
                onBar("listening for TCP", "new java.net.ServerSocket(0);", error("Operation not permitted")),
                onBar("UDP", "new java.net.DatagramSocket();", error("Operation not permitted")),
                onBar("DNS", "java.net.InetAddress.getByName(\"example.com\");", error("UnknownHostException")),
                onBar("a page of the cloud's metadata", """
                        new java.net.URL("http://169.254.169.254/latest/meta-data/").openStream().read();""", error("Operation not permitted")),
                onBar("AF_UNIX", """
                        java.nio.channels.SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                            .connect(java.net.UnixDomainSocketAddress.of("/var/run/docker.sock"));""", error("Operation not permitted")),
                onBar("network interfaces", """
                        System.out.println(java.net.NetworkInterface.getNetworkInterfaces());""", error("Operation not permitted")),
                onBar(
                        "the host's environment",
                        "System.out.println(new TreeMap<>(System.getenv()));",
                        okPrinting(
                                "{HOME=/tmp, HOSTNAME=sandbox, PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}\n")),
                onBar("the host's name and user", """
                        System.out.println(System.getProperty("user.name") + " " + System.getProperty("user.home")
                            + " " + System.getProperty("user.dir"));""", okPrinting("sandbox /tmp /tmp\n")),
                onBar(
                        "attaching to a JVM",
                        "Class.forName(\"com.sun.tools.attach.VirtualMachine\");",
                        error("ClassNotFoundException")),
                onBar(
                        "management beans (JMX)",
                        "Class.forName(\"java.lang.management.ManagementFactory\");",
                        error("ClassNotFoundException")),
                onBar("a compiler", "Class.forName(\"javax.tools.ToolProvider\");", error("ClassNotFoundException")),
                onBar(
                        "an agent in another thread's classes",
                        "Class.forName(\"java.lang.instrument.Instrumentation\");",
                        error("ClassNotFoundException")),
                onBar(
                        "a native library of its own",
                        """
                        try (var in = new FileInputStream("/sandbox/jre/lib/libverify.so"); var out = new FileOutputStream("/tmp/libmine.so")) {
                          out.write(in.readAllBytes()); }
                        System.load("/tmp/libmine.so");""",
                        Runtime.version().feature() >= 24
                                ? error("IllegalCallerException")
                                : error("UnsatisfiedLinkError", "failed to map segment from shared object")),
                onBar(
                        "native code without a library (java.lang.foreign)",
                        """
                        var linker = Class.forName("java.lang.foreign.Linker");
                        var descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
                        var layout = Class.forName("java.lang.foreign.MemoryLayout");
                        var option = Class.forName("java.lang.foreign.Linker$Option");
                        Object of = descriptor.getMethod("ofVoid", layout.arrayType()).invoke(null, (Object) java.lang.reflect.Array.newInstance(layout, 0));
                        try { linker.getMethod("downcallHandle", descriptor, option.arrayType()).invoke(
                            linker.getMethod("nativeLinker").invoke(null), of, java.lang.reflect.Array.newInstance(option, 0));
                        } catch (java.lang.reflect.InvocationTargetException e) { throw (RuntimeException) e.getCause(); }""",
                        outcome -> error(
                                        Runtime.version().feature() >= 22
                                                ? "IllegalCallerException"
                                                : "ClassNotFoundException")
                                .accept(outcome)),
                onBar(
                        "a security manager, to keep the runner from ending",
                        """
                        System.setSecurityManager(new SecurityManager() { public void checkExit(int n) { throw new SecurityException(); }
                          public void checkPermission(java.security.Permission p) { } });""",
                        error("UnsupportedOperationException")),
                onBar("descriptors left open", """
                        for (String fd : new File("/proc/self/fd").list()) {
                          System.out.println(fd + " " + new File("/proc/self/fd/" + fd).getCanonicalPath()); }""", OutsideAttacks::onlyTheJvmsFiles));
    }

    /** Standard input, output and error have no path, being pipes; all else is a file of the image, what the
     * JVM reads of its own limits for a moment, or the listing itself. */
    private static void onlyTheJvmsFiles(RunOutcome outcome) {
        Attack.ok().accept(outcome);
        assertThat(outcome.evidence().outputHead().lines().distinct())
                .filteredOn(line -> line.matches("[012] .*"))
                .hasSize(3)
                .allMatch(line -> line.matches("[012] /proc/1/fd/[012]"));
        assertThat(outcome.evidence().outputHead().lines().distinct())
                .filteredOn(line -> !line.matches("[012] .*"))
                .isNotEmpty()
                .allMatch(
                        line -> line.matches(
                                "\\d+ (/sandbox/jre/lib/modules|/sandbox/lib/[\\w.-]+\\.jar|/sys/fs/cgroup/.+|/proc/1/fd|/proc/1/fd/\\d+)"));
    }
}
