package io.camelnotebook.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Texts and links of a page, so that nothing in them is markup. */
final class Html {

    private Html() {}

    /** For content and for quoted attributes. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c == 0 ? 0xFFFD : c);
            }
        });
        return escaped.toString();
    }

    /** A link from a page to a file, which holds as long as the two are moved together. */
    static String link(Path page, String file, String shown) {
        Path folder = page.toAbsolutePath().normalize().getParent();
        Path target = Path.of(file).toAbsolutePath().normalize();
        // With ./ a colon in the first name is not that of a scheme.
        String path = "./"
                + (folder == null ? target : folder.relativize(target))
                        .toString()
                        .replace('\\', '/');
        try {
            return "<a href=\"" + text(new URI(null, null, path, null).toASCIIString()) + "\">" + text(shown) + "</a>";
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a path that is no URI", e);
        }
    }
}
