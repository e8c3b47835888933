package junicorn.worker.http.message;

import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// A Host field that is taken apart once: clients say the same on every request of a connection,
/// and Jetty's parser then gives the same field, but its channel would look for a list in it each
/// time.
final class HostField extends HostPortHttpField {
    private final HttpField from;
    private String @Nullable [] values;

    private HostField(HttpField from, String value) {
        super(HttpHeader.HOST, from.getName(), value);
        this.from = from;
    }

    /// @param last of the request before
    @SuppressWarnings("ReferenceEquality") // the parser gives the very same
    static HostField of(HttpField field, @Nullable HostField last) {
        if (last != null && last.from == field) {
            return last;
        }
        return new HostField(field, field.getValue() == null ? "" : field.getValue());
    }

    @Override
    public String[] getValues() {
        var known = values;
        if (known == null) {
            known = super.getValues();
            values = known;
        }
        return known;
    }
}
