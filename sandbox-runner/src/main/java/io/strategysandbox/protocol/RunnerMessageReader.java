package io.strategysandbox.protocol;

import io.strategysandbox.protocol.FrameReader.RawFrame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host's side of a runner's standard output. Whatever the bytes are, a message needs no more than about 130 KiB of
 * memory, and its texts may still hold any character. Not thread-safe.
 */
public final class RunnerMessageReader {

    private final FrameReader frames;

    /**
     * Over a stream.
     *
     * @param in the runner's standard output
     */
    public RunnerMessageReader(InputStream in) {
        frames = new FrameReader(in, FrameType.Side.RUNNER);
    }

    /**
     * From the next message on, each must carry a tag.
     *
     * @param key the job's key
     */
    public void seal(byte[] key) {
        frames.seal(key);
    }

    /**
     * Reads the next message.
     *
     * @return the message; empty if the runner's output ended
     * @throws ProtocolException if it is not one that an honest runner sends
     * @throws EOFException if the output ends within a message
     * @throws IOException if reading fails
     */
    public Optional<RunnerMessage> next() throws IOException {
        Optional<RawFrame> frame = frames.read();
        return frame.isPresent() ? Optional.of(decode(frame.get())) : Optional.empty();
    }

    private static RunnerMessage decode(RawFrame frame) throws ProtocolException {
        PayloadReader payload = frame.payload();
        RunnerMessage message = switch (frame.type()) {
            case HELLO -> hello(payload);
            case LOADED -> new RunnerMessage.Loaded();
            case DECISIONS -> decided(payload);
            case LOG -> log(payload);
            case FAILED -> failed(payload);
            case DONE -> new RunnerMessage.Done(payload.int32());
            default -> throw new ProtocolException(frame.type() + " from a runner");
        };
        payload.end();
        return message;
    }

    private static RunnerMessage.Hello hello(PayloadReader payload) throws ProtocolException {
        if (payload.int32() != Wire.MAGIC) {
            throw new ProtocolException("HELLO: not a runner of this project");
        }
        return new RunnerMessage.Hello(payload.int32(), payload.text(64));
    }

    private static RunnerMessage.Decided decided(PayloadReader payload) throws ProtocolException {
        int first = payload.int32();
        double[] targets = new double[payload.count(Wire.MAX_BATCH_BARS, 8)];
        if (first < 0 || targets.length == 0) {
            throw new ProtocolException("DECISIONS: " + targets.length + " from bar " + first);
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = payload.float64();
        }
        return new RunnerMessage.Decided(first, targets);
    }

    private static RunnerMessage.Log log(PayloadReader payload) throws ProtocolException {
        boolean error = payload.unsignedByte() == 1;
        return new RunnerMessage.Log(error, payload.rest());
    }

    private static RunnerMessage.Failed failed(PayloadReader payload) throws ProtocolException {
        RunnerMessage.Kind kind = RunnerMessage.Kind.of(payload.unsignedByte());
        String exception = payload.text(Wire.MAX_NAME_CHARS);
        String message = payload.text(Wire.MAX_MESSAGE_CHARS);
        int bar = payload.int32();
        int count = payload.count(Wire.MAX_STACK_FRAMES, 4);
        List<String> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(payload.text(Wire.MAX_NAME_CHARS));
        }
        return new RunnerMessage.Failed(kind, exception, message, frames, bar);
    }
}
