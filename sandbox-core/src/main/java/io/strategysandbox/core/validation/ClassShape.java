package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class declares and extends, read from its class file.
 *
 * @param name internal name, with '/'
 * @param access its access flags
 * @param modifiers its modifiers as the source has them: a nested class's access flags do not tell private from package
 * @param parents internal names: the superclass first, then the interfaces
 * @param members name and descriptor, such as {@code size()I} or {@code out:Ljava/io/PrintStream;}, to access flags
 * @param local whether it is an anonymous or local class, which only its own method can make
 * @param signatures the generic signatures of the members that have one, and under an empty name that of the class; of
 *     library classes only
 * @param nested the simple names of its member classes; of library classes only
 */
record ClassShape(
        String name,
        int access,
        int modifiers,
        List<String> parents,
        Map<String, Integer> members,
        boolean local,
        Map<String, String> signatures,
        Set<String> nested) {

    ClassShape {
        parents = List.copyOf(parents);
        members = Map.copyOf(members);
        signatures = Map.copyOf(signatures);
        nested = Set.copyOf(nested);
    }

    /** Reads a class file. */
    static ClassShape read(byte[] classFile) {
        Reading reading = new Reading();
        new ClassReader(classFile)
                .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassShape(
                reading.name,
                reading.access,
                reading.modifiers,
                reading.parents,
                reading.members,
                reading.local,
                reading.signatures,
                reading.nested);
    }

    /** The access flags of a member that this class itself declares. */
    Optional<Integer> member(String memberName, String descriptor) {
        return member(key(memberName, descriptor));
    }

    /** The access flags of a member that this class itself declares, by its {@link #key}. */
    Optional<Integer> member(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** Whether this class itself declares a method, by its name and descriptor. */
    boolean declares(String method) {
        return members.containsKey(method);
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    /** {@return name and descriptor of each method that this class itself declares} */
    List<String> methods() {
        return members.keySet().stream().filter(key -> key.indexOf('(') > 0).toList();
    }

    /** {@return what a member is called among the {@link #members}} */
    static String key(String name, String descriptor) {
        return descriptor.startsWith("(") ? name + descriptor : name + ":" + descriptor;
    }

    private static List<String> parents(@Nullable String superName, List<String> interfaces) {
        List<String> parents = new ArrayList<>();
        if (superName != null) {
            parents.add(superName);
        }
        parents.addAll(interfaces);
        return parents;
    }

    private static final class Reading extends ClassVisitor {

        private String name = "";
        private int access;
        private int modifiers;
        private List<String> parents = List.of();
        private final Map<String, Integer> members = new HashMap<>();
        private final Map<String, String> signatures = new HashMap<>();
        private final Set<String> nested = new HashSet<>();
        private boolean local;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int accessFlags,
                String className,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = className;
            access = accessFlags;
            modifiers = accessFlags;
            parents = parents(superName, interfaces == null ? List.of() : List.of(interfaces));
            signature("", signature);
        }

        @Override
        public void visitOuterClass(String owner, @Nullable String method, @Nullable String descriptor) {
            local = true;
        }

        @Override
        public void visitInnerClass(
                String className, @Nullable String outerName, @Nullable String innerName, int accessFlags) {
            if (className.equals(name)) {
                modifiers = accessFlags;
            }
            if (name.equals(outerName) && innerName != null) {
                nested.add(innerName);
            }
        }

        private void signature(String key, @Nullable String signature) {
            if (signature != null) {
                signatures.put(key, signature);
            }
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int flags, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            members.put(key(field, descriptor), flags);
            signature(key(field, descriptor), signature);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int flags,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            members.put(key(method, descriptor), flags);
            signature(key(method, descriptor), signature);
            return null;
        }
    }
}
