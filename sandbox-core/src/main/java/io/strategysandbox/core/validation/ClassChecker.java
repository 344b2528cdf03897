package io.strategysandbox.core.validation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Walks one class file and hands every type and member it mentions to {@link References}. */
final class ClassChecker {

    private static final List<String> RESERVED_PACKAGES = List.of(
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            "org/ta4j/",
            "org/slf4j/",
            "org/apache/commons/math3/",
            "org/ietf/",
            "org/jcp/",
            "org/w3c/",
            "org/xml/",
            "netscape/",
            "io/strategysandbox/");

    /** Identifiers, or what javac calls the class file of a package's annotations. */
    private static final Pattern NAME = Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+/)*+"
            + "(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+|package-info)");

    private static final Set<String> SERIALIZATION_HOOKS = Set.of(
            "readObject(Ljava/io/ObjectInputStream;)V",
            "writeObject(Ljava/io/ObjectOutputStream;)V",
            "readObjectNoData()V",
            "readResolve()Ljava/lang/Object;",
            "writeReplace()Ljava/lang/Object;",
            "readExternal(Ljava/io/ObjectInput;)V",
            "writeExternal(Ljava/io/ObjectOutput;)V");

    private final References references;
    private final Bootstraps bootstraps;
    private final Annotations annotations;
    private final FindingSink sink;
    private final ClassNode node;

    ClassChecker(References references, FindingSink sink, ClassNode node) {
        this.references = references;
        this.bootstraps = new Bootstraps(references);
        this.annotations = new Annotations(references, sink);
        this.sink = sink;
        this.node = node;
    }

    void check() {
        shape();
        annotations.check(node);
        node.fields.forEach(this::field);
        node.methods.forEach(this::method);
    }

    private void shape() {
        if (RESERVED_PACKAGES.stream().anyMatch(node.name::startsWith)
                || references.hierarchy().hidesLibrary(node.name)) {
            sink.deny(
                    "reserved-name",
                    Category.NAMING,
                    0,
                    0,
                    "the class " + node.name.replace('/', '.')
                            + " has a name that belongs to the platform or a library. Put it into"
                            + " a package of your own.");
        }
        if (!NAME.matcher(node.name).matches() || hasIgnorable(node.name)) {
            other("class-file-names", "the class has a name that is none in Java. Rename it.");
        }
        if (node.module != null || node.attrs != null && !node.attrs.isEmpty()) {
            other("class-file-attribute", "the class file has parts that no Java compiler writes for a class.");
        }
        if (node.superName != null) {
            references.type(Type.getObjectType(node.superName), sink, 0);
        }
        node.interfaces.forEach(name -> references.type(Type.getObjectType(name), sink, 0));
        nest(node.nestHostClass == null ? List.of() : List.of(node.nestHostClass));
        nest(node.nestMembers);
        nest(node.permittedSubclasses);
        if ((node.access & Opcodes.ACC_INTERFACE) == 0) {
            references.inheritedImplementations(node.name, sink, constructorLine());
        }
        if (node.recordComponents != null) {
            node.recordComponents.forEach(this::recordComponent);
        }
    }

    private static boolean hasIgnorable(String name) {
        return name.codePoints().anyMatch(Character::isIdentifierIgnorable);
    }

    private void recordComponent(RecordComponentNode component) {
        references.type(Type.getType(component.descriptor), sink, 0);
        annotations.check(component);
        if (component.attrs != null && !component.attrs.isEmpty()) {
            other(
                    "class-file-attribute",
                    "the component " + component.name + " has parts that no Java compiler writes.");
        }
    }

    private void nest(@Nullable List<String> names) {
        if (names != null && !names.stream().allMatch(references.hierarchy()::isOwn)) {
            other("nest-mate", "the class claims a nest that it does not belong to.");
        }
    }

    private void other(String rule, String message) {
        sink.deny(rule, Category.OTHER, 0, 0, message);
    }

    private void field(FieldNode field) {
        references.type(Type.getType(field.desc), sink, 0);
        annotations.check(field);
        if (field.attrs != null && !field.attrs.isEmpty()) {
            other("class-file-attribute", "the field " + field.name + " has parts that no Java compiler writes.");
        }
    }

    private void method(MethodNode method) {
        int line = firstLine(method);
        references.type(Type.getType(method.desc), sink, line);
        method.exceptions.forEach(name -> references.type(Type.getObjectType(name), sink, line));
        annotations.check(method, line);
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            sink.deny(
                    "native-method",
                    Category.NATIVE,
                    line,
                    0,
                    "the method " + method.name + " is native. Write it in Java.");
        }
        if (SERIALIZATION_HOOKS.contains(method.name + method.desc)) {
            sink.deny(
                    "serialization-hook",
                    Category.SERIALIZATION,
                    line,
                    0,
                    "the method " + method.name + " is called by Java's serialization. Give it another name.");
        }
        if (method.attrs != null && !method.attrs.isEmpty()) {
            other("class-file-attribute", "the method " + method.name + " has parts that no Java compiler writes.");
        }
        overridden(method, line);
        method.tryCatchBlocks.forEach(block -> caught(block, line));
        code(method, line);
    }

    /** Class files do not tell the line of a class; that of a constructor nobody wrote is the same. */
    private int constructorLine() {
        return node.methods.stream()
                .filter(method -> method.name.equals("<init>"))
                .findFirst()
                .map(ClassChecker::firstLine)
                .orElse(0);
    }

    private static int firstLine(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    /** A method that the platform calls, such as {@code finalize}, is refused by overriding it. */
    private void overridden(MethodNode method, int line) {
        boolean inherited =
                (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !method.name.startsWith("<");
        if (!inherited) {
            return;
        }
        String key = ClassShape.key(method.name, method.desc);
        for (ClassShape ancestor : references.hierarchy().lineage(node.name)) {
            Optional<Integer> access =
                    references.hierarchy().isOwn(ancestor.name()) ? Optional.empty() : ancestor.member(key);
            boolean overrides = access.isPresent()
                    && (access.get() & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT)) == 0;
            if (overrides && references.refusesInherited(ancestor, method.name, method.desc)) {
                references.denyInherited(ancestor, method.name, method.desc, sink, line);
                return;
            }
        }
    }

    private void caught(TryCatchBlockNode block, int line) {
        if (block.type != null) {
            references.type(Type.getObjectType(block.type), sink, line);
        }
    }

    private void code(MethodNode method, int firstLine) {
        int line = firstLine;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (instruction instanceof TypeInsnNode type) {
                references.type(Type.getObjectType(type.desc), sink, line);
            } else if (instruction instanceof FieldInsnNode field) {
                references.member(field.owner, field.name, field.desc, sink, line);
            } else if (instruction instanceof MethodInsnNode call) {
                references.member(call.owner, call.name, call.desc, sink, line);
            } else if (instruction instanceof InvokeDynamicInsnNode call) {
                bootstraps.check(call, sink, line);
            } else if (instruction instanceof MultiANewArrayInsnNode array) {
                references.type(Type.getType(array.desc), sink, line);
            } else if (instruction instanceof LdcInsnNode constant) {
                constant(constant.cst, line);
            } else if (instruction.getOpcode() == Opcodes.JSR || instruction.getOpcode() == Opcodes.RET) {
                sink.deny(
                        "subroutine", Category.OTHER, line, 0, "the class file has a jump that javac does not write.");
            }
        }
    }

    private void constant(Object constant, int line) {
        if (constant instanceof Type type && type.getSort() != Type.METHOD) {
            references.type(type, sink, line);
        } else if (constant instanceof Type || constant instanceof Handle || constant instanceof ConstantDynamic) {
            Bootstraps.refuseConstant(sink, line);
        }
    }
}
