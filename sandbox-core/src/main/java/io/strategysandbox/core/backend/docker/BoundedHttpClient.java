package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client whose requests are answered in time, to the last byte, or fail. The client below has a timeout of its own, but
 * a Unix socket knows none: an engine that hangs would hold its callers for ever. Nor does an interrupted thread lose its
 * request here, which may be the one that cleans up.
 */
final class BoundedHttpClient implements DockerHttpClient {

    /** Far more than any answer but a stream has. */
    private static final int MAX_BODY_BYTES = 64 << 20;

    private final DockerHttpClient client;
    private final Duration timeout;
    private final ExecutorService requests = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sandbox-engine-request");
        thread.setDaemon(true);
        return thread;
    });

    BoundedHttpClient(DockerHttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public Response execute(Request request) {
        Future<Response> answer = requests.submit(() -> whole(request));
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IllegalStateException(new SocketTimeoutException(
                    "timed out: no answer to " + request.method() + " within " + timeout.toMillis() + " ms"));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Response whole(Request request) throws IOException {
        try (Response response = client.execute(request)) {
            byte[] body = response.getBody().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                throw new IOException("the engine's answer is longer than " + MAX_BODY_BYTES + " bytes");
            }
            return new Answer(response.getStatusCode(), response.getHeaders(), new ByteArrayInputStream(body));
        }
    }

    /** An answer that has come to its end. */
    private record Answer(int getStatusCode, Map<String, List<String>> getHeaders, InputStream getBody)
            implements Response {
        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Override
    public void close() throws IOException {
        requests.shutdownNow();
        client.close();
    }
}
