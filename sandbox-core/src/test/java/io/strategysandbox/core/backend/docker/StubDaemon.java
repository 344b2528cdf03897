package io.strategysandbox.core.backend.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Something at a Unix socket that answers as an engine would, or as none would. */
final class StubDaemon implements AutoCloseable {

    /** What comes back for the path of a request. */
    @FunctionalInterface
    interface Answers {
        /** {@return bytes to send; none keeps the caller waiting} */
        byte[] to(String path);
    }

    private final ServerSocketChannel server;
    private final Queue<SocketChannel> connections = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private StubDaemon(ServerSocketChannel server) {
        this.server = server;
    }

    static StubDaemon at(Path socket, Answers answers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        StubDaemon stub = new StubDaemon(server);
        daemon(() -> stub.accept(answers));
        return stub;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "stub-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Answers answers) {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection, answers));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SocketChannel connection, Answers answers) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            while (connection.read(one.clear()) > 0) {
                head.write(one.get(0));
                String text = head.toString(StandardCharsets.US_ASCII);
                if (text.endsWith("\r\n\r\n")) {
                    head.reset();
                    String path = text.split(" ", 3)[1];
                    asked.add(path);
                    ByteBuffer answer = ByteBuffer.wrap(answers.to(path));
                    while (answer.hasRemaining()) {
                        connection.write(answer);
                    }
                }
            }
        } catch (IOException e) {
            // The caller is gone.
        }
    }

    /** The paths that were asked for. */
    Queue<String> asked() {
        return asked;
    }

    /** The answers of an engine that speaks so and so. */
    static Answers engine(String api, String oldestApi) {
        Map<String, String> bodies = Map.of(
                "/_ping",
                "OK",
                "/version",
                "{\"Version\": \"stub\", \"ApiVersion\": \"" + api + "\", \"MinAPIVersion\": \"" + oldestApi + "\"}",
                "/info",
                "{\"SystemTime\": \"2026-01-01T00:00:00Z\", \"KernelVersion\": \"6\"}");
        return path -> {
            String name = path.replaceFirst("^/v[0-9.]+", "");
            return bodies.containsKey(name)
                    ? http(200, bodies.get(name))
                    : http(404, "{\"message\": \"the stub knows no " + path + "\"}");
        };
    }

    static byte[] http(int status, String body) {
        return ("HTTP/1.1 " + status + " .\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
