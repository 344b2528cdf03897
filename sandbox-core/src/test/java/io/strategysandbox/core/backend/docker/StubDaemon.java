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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Something at a Unix socket that answers as an engine would, or as none would. */
final class StubDaemon implements AutoCloseable {

    /** What comes back for a request. */
    @FunctionalInterface
    interface Answers {
        /**
         * Answers.
         *
         * @param request method and path, without the version in front of it and the query behind
         * @return bytes to send; none keeps the caller waiting
         */
        byte[] to(String request);
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
                    String request = request(text);
                    asked.add(request);
                    ByteBuffer answer = ByteBuffer.wrap(answers.to(request));
                    while (answer.hasRemaining()) {
                        connection.write(answer);
                    }
                }
            }
        } catch (IOException e) {
            // The caller is gone.
        }
    }

    static String request(String head) {
        String[] words = head.split(" ", 3);
        return words[0] + " " + words[1].replaceFirst("^/v[0-9.]+", "").replaceFirst("[?].*", "");
    }

    /** What was asked. */
    Queue<String> asked() {
        return asked;
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
