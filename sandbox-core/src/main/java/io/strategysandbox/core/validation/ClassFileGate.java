package io.strategysandbox.core.validation;

import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * The first look at a class file, before it is read as a whole: it must be of the one version that strategies are
 * compiled to, its names must be written the one way that every reader decodes alike, and nothing in it may be made to
 * exhaust a reader.
 */
final class ClassFileGate {

    private static final int MAX_BYTES = 512 << 10;

    /** Longer than any name or descriptor that fits the lines of a source. */
    private static final int MAX_NAME_BYTES = 20_000;

    private static final int MAX_CLASS_NAME_BYTES = 1_000;

    /** Of the names and descriptors of all fields and methods together; thousands may share one long descriptor. */
    private static final int MAX_DECLARED_BYTES = 1 << 20;

    /** javac needs one for each component of a record, of which there are at most 255, and two more. */
    private static final int MAX_BOOTSTRAP_ARGUMENTS = 300;

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;
    private static final int MEMBER_HEADER = 6;
    private static final int EXCEPTION_ENTRY = 8;

    private final ClassReader reader;
    private final int size;
    private final char[] buffer;
    private int declaredBytes;
    private int mostArguments;

    private ClassFileGate(byte[] classFile) {
        reader = new ClassReader(classFile);
        size = classFile.length;
        buffer = new char[reader.getMaxStringLength()];
    }

    /**
     * Why a class file is not looked at any further.
     *
     * @param rule a rule's id
     * @param message what is wrong, and one fix
     */
    record Refusal(String rule, String message) {}

    /** {@return why the class file is refused as it is, if it is} */
    static Optional<Refusal> check(byte[] classFile) {
        if (classFile.length > MAX_BYTES) {
            return refusal(
                    "class-file-too-large",
                    "has " + classFile.length + " bytes; at most " + MAX_BYTES + " are looked at. Split it.");
        }
        return new ClassFileGate(classFile).check();
    }

    private Optional<Refusal> check() {
        int version = reader.readInt(4);
        if (version != Opcodes.V17) {
            return refusal(
                    "class-file-version",
                    "has version " + (version & 0xFFFF) + "." + (version >>> 16)
                            + "; strategies are compiled for Java 17," + " which is " + Opcodes.V17
                            + ".0. Compile it for Java 17.");
        }
        if (!namesArePlain()) {
            return refusal(
                    "class-file-names",
                    "writes names that are too long, or in a way that readers decode differently. Compile it with javac.");
        }
        if (!endsWhereItSays()) {
            return refusal(
                    "class-file-size", "has parts that end beyond it, or more after its end. Compile it with javac.");
        }
        if (declaredBytes > MAX_DECLARED_BYTES) {
            return refusal(
                    "class-file-names",
                    "declares fields and methods whose names and descriptors have more than " + MAX_DECLARED_BYTES
                            + " bytes. Split it.");
        }
        if (mostArguments > MAX_BOOTSTRAP_ARGUMENTS) {
            return refusal("class-file-bootstraps", "has a bootstrap with more arguments than javac writes.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(String rule, String what) {
        return Optional.of(new Refusal(rule, what));
    }

    private boolean namesArePlain() {
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            int tag = offset == 0 ? 0 : reader.readByte(offset - 1);
            boolean plain = switch (tag) {
                case UTF8 -> isShortest(offset + 2, reader.readUnsignedShort(offset));
                case CLASS -> bytes(offset) <= MAX_CLASS_NAME_BYTES;
                case NAME_AND_TYPE -> bytes(offset) + bytes(offset + 2) <= MAX_NAME_BYTES;
                default -> true;
            };
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** The length of the text whose index is at an offset. */
    private int bytes(int offset) {
        return reader.readUnsignedShort(reader.getItem(reader.readUnsignedShort(offset)));
    }

    /** Whether text is in the modified UTF-8 of class files, each character in as few bytes as it takes. */
    private boolean isShortest(int start, int length) {
        int end = start + length;
        int at = start;
        while (at < end) {
            int first = reader.readByte(at);
            int size = first > 0 && first < 0x80 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 0;
            if (size == 0 || at + size > end) {
                return false;
            }
            int value = size == 1 ? first : first & 0xFF >> size + 1;
            for (int i = 1; i < size; i++) {
                int next = reader.readByte(at + i);
                if ((next & 0xC0) != 0x80) {
                    return false;
                }
                value = value << 6 | next & 0x3F;
            }
            // U+0000 alone takes more bytes than it needs.
            if (size == 2 && value < 0x80 && value != 0 || size == 3 && value < 0x800) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** Whether all parts are as long as they say: a reader reserves memory for a part before it reads it. */
    private boolean endsWhereItSays() {
        int at = reader.header + MEMBER_HEADER;
        at += 2 + 2 * reader.readUnsignedShort(at);
        return afterAttributes(afterMembers(afterMembers(at))) == size;
    }

    private int afterMembers(int start) {
        int members = reader.readUnsignedShort(start);
        int at = start + 2;
        for (int i = 0; i < members; i++) {
            declaredBytes += bytes(at + 2) + bytes(at + 4);
            at = afterAttributes(at + MEMBER_HEADER);
        }
        return at;
    }

    private int afterAttributes(int start) {
        int attributes = reader.readUnsignedShort(start);
        int at = start + 2;
        for (int i = 0; i < attributes; i++) {
            at = afterAttribute(at);
        }
        return at;
    }

    private int afterAttribute(int at) {
        int content = at + MEMBER_HEADER;
        int length = reader.readInt(at + 2);
        if (length < 0 || length > size - content) {
            throw new IllegalArgumentException("an attribute that is longer than its file");
        }
        int end = content + length;
        int inner = switch (name(at)) {
            case "Code" -> afterCode(content);
            case "Record" -> afterComponents(content);
            case "BootstrapMethods" -> afterBootstraps(content);
            default -> end;
        };
        if (inner != end) {
            throw new IllegalArgumentException("an attribute that is not as long as what is in it");
        }
        return end;
    }

    private String name(int attribute) {
        return reader.readUTF8(attribute, buffer);
    }

    private int afterCode(int content) {
        int length = reader.readInt(content + 4);
        if (length < 0 || length > size - content) {
            throw new IllegalArgumentException("code that is longer than its file");
        }
        int exceptions = content + 8 + length;
        return afterAttributes(exceptions + 2 + EXCEPTION_ENTRY * reader.readUnsignedShort(exceptions));
    }

    private int afterComponents(int content) {
        int components = reader.readUnsignedShort(content);
        int at = content + 2;
        for (int i = 0; i < components; i++) {
            declaredBytes += bytes(at) + bytes(at + 2);
            at = afterAttributes(at + 4);
        }
        return at;
    }

    private int afterBootstraps(int content) {
        int methods = reader.readUnsignedShort(content);
        int at = content + 2;
        for (int i = 0; i < methods; i++) {
            int arguments = reader.readUnsignedShort(at + 2);
            mostArguments = Math.max(mostArguments, arguments);
            at += 4 + 2 * arguments;
        }
        return at;
    }
}
