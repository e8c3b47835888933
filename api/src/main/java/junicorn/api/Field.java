package junicorn.api;

/// A header field. What would forge another field or break the framing is refused here.
public record Field(String name, String value) {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    public Field {
        if (!isToken(name)) {
            throw new IllegalArgumentException("not the name of a header field: \"" + name + "\"");
        }
        if (hasControls(value)) {
            throw new IllegalArgumentException("a control character in the value of " + name);
        }
    }

    /// RFC 9110, section 5.6.2.
    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return true;
            }
        }
        return false;
    }
}
