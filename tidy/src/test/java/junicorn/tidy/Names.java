package junicorn.tidy;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/// Every name a Java file says: identifiers, and dotted names whole (`java.util.List`), imports
/// too.
record Names(List<Said> said) {
    record Said(String name, Tree where) {}

    static Names in(JavaFile file) {
        var said = new ArrayList<Said>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitIdentifier(IdentifierTree tree, Void unused) {
                said.add(new Said(tree.getName().toString(), tree));
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
                said.add(new Said(tree.toString(), tree));
                return super.visitMemberSelect(tree, null);
            }
        }.scan(file.tree(), null);
        return new Names(said);
    }
}
