package io.strategysandbox.protocol;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.protocol.FrameReader.RawFrame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runner's side of its standard input. Not thread-safe. */
public final class HostMessageReader {

    private final FrameReader frames;

    /**
     * Over a stream.
     *
     * @param in the runner's standard input
     */
    public HostMessageReader(InputStream in) {
        frames = new FrameReader(in, FrameType.Side.HOST);
    }

    /**
     * Reads the next message.
     *
     * @return the message; empty if the host is gone
     * @throws ProtocolException if it is not one of this protocol
     * @throws EOFException if the stream ends within a message
     * @throws IOException if reading fails
     */
    public Optional<HostMessage> next() throws IOException {
        Optional<RawFrame> frame = frames.read();
        return frame.isPresent() ? Optional.of(decode(frame.get())) : Optional.empty();
    }

    private static HostMessage decode(RawFrame frame) throws ProtocolException {
        PayloadReader payload = frame.payload();
        HostMessage message = switch (frame.type()) {
            case JOB -> job(payload);
            case BARS -> bars(payload);
            case END -> new HostMessage.End();
            case FAREWELL -> new HostMessage.Farewell();
            default -> throw new ProtocolException(frame.type() + " from a host");
        };
        payload.end();
        return message;
    }

    private static HostMessage.Job job(PayloadReader payload) throws ProtocolException {
        int version = payload.int32();
        if (version != Wire.VERSION) {
            throw new ProtocolException("the host speaks version " + version + ", this runner " + Wire.VERSION);
        }
        byte[] key = payload.bytes(Wire.KEY_BYTES);
        String entry = payload.text(Character.MAX_VALUE);
        boolean sellShort = payload.unsignedByte() == 1;
        long period = payload.int64();
        long outputLimit = payload.int64();
        if (period <= 0) {
            throw new ProtocolException("a bar period of " + period + " ms");
        }
        Parameters parameters = parameters(payload);
        int count = payload.count(Wire.MAX_JOB_BYTES, 8);
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = payload.text(Character.MAX_VALUE);
            classes.put(name, payload.bytes(payload.count(Wire.MAX_JOB_BYTES, 1)));
        }
        return new HostMessage.Job(key, entry, sellShort, parameters, period, outputLimit, classes);
    }

    private static Parameters parameters(PayloadReader payload) throws ProtocolException {
        int count = payload.count(Wire.MAX_JOB_BYTES, 6);
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = payload.text(Wire.MAX_JOB_BYTES);
            switch (ParameterType.of(payload.unsignedByte())) {
                case TEXT -> values.put(name, payload.text(Wire.MAX_JOB_BYTES));
                case FLAG -> values.put(name, payload.unsignedByte() == 1);
                case WHOLE -> values.put(name, payload.int64());
                case DECIMAL -> values.put(name, payload.float64());
            }
        }
        return Parameters.of(values);
    }

    private static HostMessage.BarBatch bars(PayloadReader payload) throws ProtocolException {
        int first = payload.int32();
        int count = payload.count(Wire.MAX_BATCH_BARS, 48);
        if (first < 0 || count == 0) {
            throw new ProtocolException(count + " bars from " + first);
        }
        HostMessage.BarBatch batch = new HostMessage.BarBatch(first, count);
        for (int i = 0; i < count; i++) {
            batch.set(
                    i,
                    payload.int64(),
                    payload.float64(),
                    payload.float64(),
                    payload.float64(),
                    payload.float64(),
                    payload.float64());
        }
        return batch;
    }
}
