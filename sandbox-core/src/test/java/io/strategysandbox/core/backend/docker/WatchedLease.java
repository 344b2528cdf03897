package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.Lease;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A lease that tells when its runner has sent so much. */
final class WatchedLease {

    private WatchedLease() {}

    /**
     * Wraps a lease.
     *
     * @param lease a lease whose streams nobody has asked for yet
     * @param bytes how much has to come on standard output
     * @param then called once, when it has
     */
    static Lease of(Lease lease, int bytes, Runnable then) {
        return (Lease) Proxy.newProxyInstance(
                Lease.class.getClassLoader(), new Class<?>[] {Lease.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(lease, arguments);
                        return method.getName().equals("stdout") ? counted((InputStream) result, bytes, then) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static InputStream counted(InputStream in, int bytes, Runnable then) {
        return new FilterInputStream(in) {
            private int seen;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                boolean before = seen < bytes;
                seen += Math.max(0, count);
                if (before && seen >= bytes) {
                    then.run();
                }
                return count;
            }
        };
    }
}
