package junicorn.worker.http.message;

import java.util.EnumSet;
import java.util.Locale;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/// Which request targets are refused, by `--uri-compliance`. In front of most workers stands a
/// proxy that decides by the path who may have what; so what the proxy and the application could
/// read as two different paths is refused, and what is merely untidy is not.
///
/// Dot segments that are encoded (`%2e%2e`) or carry parameters (`..;x`), and those that lead out
/// of the root, are refused by each.
public enum UriRules {
    /// RFC 3986 to the letter, and nothing that could be misread.
    STRICT(UriCompliance.RFC3986),

    /// What clients send every day: doubled slashes, an encoded percent sign, characters that RFC
    /// 3986 wants encoded and browsers do not encode.
    DEFAULT(
            new UriCompliance(
                    "JUNICORN_DEFAULT",
                    EnumSet.of(
                            Violation.AMBIGUOUS_EMPTY_SEGMENT,
                            Violation.AMBIGUOUS_PATH_ENCODING,
                            Violation.ILLEGAL_PATH_CHARACTERS))),

    /// What old clients send, too: encoded separators and broken encodings.
    LEGACY(
            new UriCompliance(
                    "JUNICORN_LEGACY",
                    EnumSet.complementOf(
                            EnumSet.of(
                                    Violation.AMBIGUOUS_PATH_SEGMENT,
                                    Violation.AMBIGUOUS_PATH_PARAMETER))));

    private static final String IN_QUERIES = "-._~!$&'()*+,;=:@/?%";
    private static final char REPLACEMENT = '\uFFFD';

    @SuppressWarnings("ImmutableEnumChecker") // it is immutable, and does not say so
    private final UriCompliance compliance;

    UriRules(UriCompliance compliance) {
        this.compliance = compliance;
    }

    /// By the name that the option has for it.
    public static UriRules named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// The same for Jetty, which asks when parameters are decoded.
    public UriCompliance compliance() {
        return compliance;
    }

    /// @param ascii all of the target was ASCII on the wire
    /// @throws org.eclipse.jetty.http.HttpException.RuntimeException if no request may have it
    void require(HttpURI uri, boolean ascii) {
        if (uri.hasViolations()) {
            for (var violation : uri.getViolations()) {
                if (!compliance.allows(violation)) {
                    throw Refusal.bad(words(violation));
                }
            }
        }
        if (!ascii) {
            requireReadable(uri);
        }
        if (this == STRICT && uri.getQuery() != null) {
            requireStrict(uri.getQuery());
        }
    }

    private static String words(Violation violation) {
        return switch (violation) {
            case AMBIGUOUS_PATH_SEGMENT -> "the path has an encoded dot segment";
            case AMBIGUOUS_EMPTY_SEGMENT -> "the path has an empty segment";
            case AMBIGUOUS_PATH_SEPARATOR -> "the path has an encoded slash";
            case AMBIGUOUS_PATH_PARAMETER -> "the path has a dot segment with a parameter";
            case AMBIGUOUS_PATH_ENCODING -> "the path has an encoded percent sign";
            case SUSPICIOUS_PATH_CHARACTERS -> "the path has a backslash or a control character";
            case ILLEGAL_PATH_CHARACTERS -> "the path has a character that must be encoded";
            case UTF16_ENCODINGS -> "the path has a %u encoding";
            case BAD_UTF8_ENCODING, TRUNCATED_UTF8_ENCODING -> "the path is not UTF-8";
            case BAD_PERCENT_ENCODING -> "the path has a bad percent encoding";
            case USER_INFO -> "the target has user information";
            case FRAGMENT -> "the target has a fragment";
        };
    }

    private void requireReadable(HttpURI uri) {
        if (this != LEGACY && uri.toString().indexOf(REPLACEMENT) >= 0) {
            throw Refusal.bad("the target is neither ASCII nor UTF-8");
        }
    }

    private static void requireStrict(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || IN_QUERIES.indexOf(c) >= 0);
            if (!plain) {
                throw Refusal.bad("the query has a character that must be encoded");
            }
        }
    }
}
