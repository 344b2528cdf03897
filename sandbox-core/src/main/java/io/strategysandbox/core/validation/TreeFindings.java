package io.strategysandbox.core.validation;

import com.github.javaparser.Position;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.nodeTypes.NodeWithSimpleName;
import io.strategysandbox.core.validation.Dangers.Danger;
import io.strategysandbox.core.validation.Members.Found;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;

/** Says what was found in a syntax tree, with its place. */
final class TreeFindings {

    private final FindingSink sink;
    private final LibraryTypes libraries;

    TreeFindings(FindingSink sink, LibraryTypes libraries) {
        this.sink = sink;
        this.libraries = libraries;
    }

    /** Says so if a type is refused wherever it is named. */
    void type(SourceType type, Node node) {
        if (type instanceof Library library) {
            libraries.danger(library.name()).ifPresent(danger -> deny(danger, node, library.name()));
        }
    }

    void member(Found found, SourceType owner, String name, Node node) {
        found.danger().ifPresent(danger -> deny(danger, node, shown(owner, name)));
    }

    void deny(Danger danger, Node node, String what) {
        Position place = place(node);
        sink.deny(danger, place.line, place.column, what + " is not allowed in a strategy");
    }

    /** A call in a chain over several lines is where its own name stands, not where the chain begins. */
    private static Position place(Node node) {
        Position begin = node.getBegin().orElse(new Position(0, 0));
        Position name = node instanceof NodeWithSimpleName<?> named
                ? named.getName().getBegin().orElse(begin)
                : begin;
        return name.line == begin.line ? begin : name;
    }

    private static String shown(SourceType owner, String name) {
        String type = owner instanceof Library library
                ? library.name()
                : owner instanceof Own own ? own.type().name() : "";
        if (name.equals("<init>")) {
            return "new " + type + "(...)";
        }
        return type.isEmpty() ? name : type + "." + name;
    }
}
