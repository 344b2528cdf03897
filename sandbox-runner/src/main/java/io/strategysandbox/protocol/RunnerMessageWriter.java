package io.strategysandbox.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The runner's side of its standard output. Not thread-safe. */
public final class RunnerMessageWriter {

    private final FrameWriter frames;

    /**
     * Over a stream.
     *
     * @param out the runner's standard output; each message is one write, then flushed
     */
    public RunnerMessageWriter(OutputStream out) {
        frames = new FrameWriter(out);
    }

    /**
     * From the next message on, each carries a tag.
     *
     * @param key the job's key
     */
    public void seal(byte[] key) {
        frames.seal(key);
    }

    /**
     * Sends a message. Texts that are too long are cut.
     *
     * @param message the message
     * @throws IOException if the host is gone
     */
    public void write(RunnerMessage message) throws IOException {
        PayloadWriter payload = new PayloadWriter();
        FrameType type;
        if (message instanceof RunnerMessage.Hello hello) {
            type = FrameType.HELLO;
            payload.int32(Wire.MAGIC).int32(hello.version()).text(cut(hello.java(), 64));
        } else if (message instanceof RunnerMessage.Decided decided) {
            type = FrameType.DECISIONS;
            double[] targets = decided.targets();
            payload.int32(decided.firstIndex()).int32(targets.length);
            for (double target : targets) {
                payload.float64(target);
            }
        } else if (message instanceof RunnerMessage.Log log) {
            type = FrameType.LOG;
            payload.unsignedByte(log.error() ? 1 : 0).bytes(log.bytes());
        } else if (message instanceof RunnerMessage.Failed failed) {
            type = FrameType.FAILED;
            encode(failed, payload);
        } else if (message instanceof RunnerMessage.Done done) {
            type = FrameType.DONE;
            payload.int32(done.bars());
        } else {
            type = FrameType.LOADED;
        }
        frames.write(type, payload.toBytes());
    }

    private static void encode(RunnerMessage.Failed failed, PayloadWriter payload) {
        payload.unsignedByte(failed.kind().code())
                .text(cut(failed.exception(), Wire.MAX_NAME_CHARS))
                .text(cut(failed.message(), Wire.MAX_MESSAGE_CHARS))
                .int32(failed.bar());
        List<String> frames =
                failed.frames().subList(0, Math.min(failed.frames().size(), Wire.MAX_STACK_FRAMES));
        payload.int32(frames.size());
        frames.forEach(frame -> payload.text(cut(frame, Wire.MAX_NAME_CHARS)));
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars);
    }
}
