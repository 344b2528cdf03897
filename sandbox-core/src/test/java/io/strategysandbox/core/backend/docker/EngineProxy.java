package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before an engine, passes on what comes, and answers some requests in its stead. */
final class EngineProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** What is answered instead of the engine. */
    @FunctionalInterface
    interface Answers {
        /**
         * Answers, or lets the engine.
         *
         * @param request method and path, without the version in front of it and the query behind
         * @return bytes to send, none to keep the caller waiting; empty to ask the engine
         */
        Optional<byte[]> to(String request);
    }

    private final ServerSocketChannel server;
    private final Path engine;
    private final Answers answers;
    private final Queue<SocketChannel> connections = new ConcurrentLinkedQueue<>();

    private EngineProxy(ServerSocketChannel server, Path engine, Answers answers) {
        this.server = server;
        this.engine = engine;
        this.answers = answers;
    }

    /**
     * Starts one.
     *
     * @param address where it listens
     * @param engine the engine's socket
     * @param answers what it does not leave to the engine
     */
    static EngineProxy at(SocketAddress address, Path engine, Answers answers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(
                address instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        server.bind(address);
        EngineProxy proxy = new EngineProxy(server, engine, answers);
        daemon(proxy::accept);
        return proxy;
    }

    SocketAddress address() throws IOException {
        return server.getLocalAddress();
    }

    /** Something that ends when a connection does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed.
                    }
                },
                "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(engine));
            connections.add(client);
            connections.add(behind);
            daemon(() -> pass(behind, client, false));
            daemon(() -> pass(client, behind, true));
        }
    }

    private void pass(SocketChannel from, SocketChannel to, boolean requests) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                Optional<byte[]> answer = requests ? answer(buffer.flip()) : Optional.empty();
                if (answer.isPresent()) {
                    write(from, ByteBuffer.wrap(answer.get()));
                } else {
                    write(to, requests ? buffer : buffer.flip());
                }
            }
        }
    }

    /** A request's head comes at once, and nothing else that is sent looks like one. */
    private Optional<byte[]> answer(ByteBuffer sent) {
        String text = StandardCharsets.ISO_8859_1.decode(sent.duplicate()).toString();
        return text.matches("(?s)[A-Z]+ /\\S* HTTP/1.*") ? answers.to(StubDaemon.request(text)) : Optional.empty();
    }

    private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
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
