package io.strategysandbox.junit.engine;

import io.strategysandbox.junit.support.RunSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.DirectorySource;
import org.junit.platform.engine.support.hierarchical.Node;

/** Strategies that were selected together: those of a folder, or those of a class. */
final class GroupNode extends AbstractTestDescriptor implements Node<RunContext> {

    static final String FOLDER = "folder";
    static final String CLASS = "class";

    private final Path folder;
    private final Optional<Marker> marker;

    private GroupNode(UniqueId id, String displayName, TestSource source, Path folder, Optional<Marker> marker) {
        super(id, displayName, source);
        this.folder = folder;
        this.marker = marker;
    }

    static GroupNode ofFolder(UniqueId id, Path folder) {
        return new GroupNode(id, folder.toString(), DirectorySource.from(folder.toFile()), folder, Optional.empty());
    }

    static GroupNode ofClass(UniqueId id, Marker marker, Path folder) {
        return new GroupNode(
                id, marker.type().getSimpleName(), ClassSource.from(marker.type()), folder, Optional.of(marker));
    }

    /** {@return the folder that was searched} */
    Path folder() {
        return folder;
    }

    /**
     * Whether build tools show a test without its strategy: Surefire shows it with the class alone.
     *
     * @return whether names of tests have to say which strategy they are about
     */
    boolean namesStrategies() {
        return marker.isPresent();
    }

    /**
     * The folder of data unless the run is told another one.
     *
     * @return what the class says, or the folder that was searched
     * @throws io.strategysandbox.core.config.ConfigException if the class names one that is not there
     */
    Path data() {
        return marker.filter(found -> !found.annotation().data().isBlank())
                .map(found -> RunSettings.existing(found.annotation().data(), found + "'s data"))
                .orElse(folder);
    }

    @Override
    public Set<TestTag> getTags() {
        return marker.map(Marker::tags).orElseGet(Set::of);
    }

    @Override
    public String getLegacyReportingName() {
        return marker.map(found -> found.type().getName()).orElseGet(this::getDisplayName);
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    /** Groups one after another: listeners such as Surefire's expect one class at a time. */
    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SAME_THREAD;
    }
}
