package io.strategysandbox.junit;

import io.strategysandbox.core.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The real engine behind an address of its own, at which it can be made to be gone. */
final class EngineProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Path engine;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    EngineProxy() throws IOException {
        String host = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
        engine = Path.of(URI.create(host).getPath());
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Writes a configuration with the engine here. */
    Path config(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(ConfigLoader.DOCKER),
                "engine: { host: 'tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalSocketAddress()).getPort()
                        + "', connectTimeout: 2s, responseTimeout: 5s }\n");
        return folder;
    }

    private static void start(Action action) {
        Thread thread = new Thread(() -> {
            try {
                action.run();
            } catch (IOException e) {
                // Closed, by one side or the other.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            SocketChannel behind = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(behind);
            behind.connect(UnixDomainSocketAddress.of(engine));
            start(() -> pump(Channels.newChannel(client.getInputStream()), behind, client, behind));
            start(() -> pump(behind, Channels.newChannel(client.getOutputStream()), client, behind));
        }
    }

    private static void pump(ReadableByteChannel from, WritableByteChannel to, Socket client, SocketChannel behind)
            throws IOException {
        try (client;
                behind) {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    /** From now on nobody answers. */
    @Override
    public void close() throws IOException {
        server.close();
        for (AutoCloseable some : open) {
            try {
                some.close();
            } catch (Exception e) {
                // It is closed.
            }
        }
    }
}
