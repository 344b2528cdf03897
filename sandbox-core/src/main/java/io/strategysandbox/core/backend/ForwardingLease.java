package io.strategysandbox.core.backend;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Another lease; whoever extends this adds something to some of its methods. */
public abstract class ForwardingLease implements Lease {

    private final Lease lease;

    /**
     * For another lease.
     *
     * @param lease the other
     */
    protected ForwardingLease(Lease lease) {
        this.lease = lease;
    }

    @Override
    public String id() {
        return lease.id();
    }

    @Override
    public String instance() {
        return lease.instance();
    }

    @Override
    public Optional<String> inspection() {
        return lease.inspection();
    }

    @Override
    public OutputStream stdin() {
        return lease.stdin();
    }

    @Override
    public InputStream stdout() {
        return lease.stdout();
    }

    @Override
    public InputStream stderr() {
        return lease.stderr();
    }

    @Override
    public void kill() {
        lease.kill();
    }

    @Override
    public ResourceUsage usage() {
        return lease.usage();
    }

    @Override
    public Optional<ExitStatus> awaitExit(Duration timeout) throws BackendException, InterruptedException {
        return lease.awaitExit(timeout);
    }

    @Override
    public void close() throws BackendException {
        lease.close();
    }
}
