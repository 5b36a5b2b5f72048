package dev.parley.socketio.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What others may use, as it stands in the sources. That what is written there is right (references, tags, HTML) the compiler checks
 * itself; that something is written at all is looked for here, since its own check wants a tag for each parameter and result too.
 */
final class PublicApi extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final String source;
    private final List<String> silent = new ArrayList<>();

    private PublicApi(DocTrees docs, CompilationUnitTree unit) throws IOException {
        this.docs = docs;
        this.unit = unit;
        this.source = unit.getSourceFile().getCharContent(true).toString();
    }

    /** Where a public or protected type, method, constructor or field says nothing of itself: file, line and name. */
    static List<String> undocumented(Collection<Path> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var silent = new ArrayList<String>();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            var docs = DocTrees.instance(task);
            for (var unit : task.parse()) {
                var api = new PublicApi(docs, unit);
                api.scan(unit, null);
                silent.addAll(api.silent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return silent;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        if (!isVisible(type.getModifiers())) {
            return null; // nor is anything in it
        }
        look(type, type.getSimpleName().toString());
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        boolean speaksForItself = isOverride(method) || isOfRecord(method);
        if (isVisible(method.getModifiers()) && !speaksForItself) {
            look(method, method.getName().toString());
        }
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
        if (isVisible(field.getModifiers())) {
            look(field, field.getName().toString());
        }
        return null;
    }

    private void look(Tree element, String name) {
        if (docs.getDocComment(getCurrentPath()) == null) {
            long line =
                    unit.getLineMap().getLineNumber(docs.getSourcePositions().getStartPosition(unit, element));
            silent.add(Path.of(unit.getSourceFile().toUri()) + ":" + line + " " + name);
        }
    }

    private boolean isVisible(ModifiersTree modifiers) {
        var flags = modifiers.getFlags();
        var parent = getCurrentPath().getParentPath().getLeaf();
        boolean inInterface = parent instanceof ClassTree type
                && (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE);
        return flags.contains(Modifier.PUBLIC)
                || flags.contains(Modifier.PROTECTED)
                || (inInterface && !flags.contains(Modifier.PRIVATE));
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(annotation -> annotation.getAnnotationType() instanceof IdentifierTree name
                        && name.getName().contentEquals("Override"));
    }

    /** The compact constructor: the components are told of with the record. */
    private boolean isOfRecord(MethodTree method) {
        if (getCurrentPath().getParentPath().getLeaf().getKind() != Tree.Kind.RECORD
                || method.getReturnType() != null) {
            return false;
        }
        var positions = docs.getSourcePositions();
        int from = (int) positions.getStartPosition(unit, method);
        int to = (int) positions.getStartPosition(unit, method.getBody());
        return !source.substring(from, to).contains("(");
    }
}
