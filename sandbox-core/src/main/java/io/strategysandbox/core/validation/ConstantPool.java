package io.strategysandbox.core.validation;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;

/**
 * The classes that a class file's constant pool names, whether or not an instruction that we know of uses them. The last
 * look at a class that nothing else refused.
 */
final class ConstantPool {

    private static final int CLASS = 7;
    private static final int FIRST_MEMBER = 9;
    private static final int LAST_MEMBER = 11;

    private final ClassReader reader;
    private final ClassNode node;

    ConstantPool(ClassReader reader, ClassNode node) {
        this.reader = reader;
        this.node = node;
    }

    /**
     * Checks every class that is named, but not the owners of javac's bootstraps, which {@link Bootstraps} knows, and not
     * what only the table of inner classes names: naming a class there gives no access to it.
     */
    void check(References references, FindingSink sink) {
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> owners = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            int tag = offset == 0 ? 0 : reader.readByte(offset - 1);
            if (tag == CLASS) {
                named.add(reader.readUTF8(offset, buffer));
            } else if (tag >= FIRST_MEMBER && tag <= LAST_MEMBER) {
                owners.add(reader.readClass(offset, buffer));
            }
        }
        named.removeAll(innerClasses());
        named.addAll(owners);
        named.removeIf(Bootstraps::isOwner);
        named.forEach(name -> references.type(Type.getObjectType(name), sink, 0));
    }

    private Set<String> innerClasses() {
        Set<String> names = new HashSet<>();
        for (InnerClassNode inner : node.innerClasses) {
            names.add(inner.name);
            if (inner.outerName != null) {
                names.add(inner.outerName);
            }
        }
        return names;
    }
}
