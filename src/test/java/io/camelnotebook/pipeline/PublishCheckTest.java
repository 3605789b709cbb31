package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishCheckTest {

    private final ConfigFolder configs;

    PublishCheckTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void urisAreKeptAsTheyAreWritten() {
        assertThat(configs.json("""
                        {"publish": ["file:shared/results", "jms:topic:notebook.results", "file:/a..b/c?x=1", "lab"],
                         "jobs": {"a": {"notebook": "a.ipynb"}}}
                        """).publish())
                .containsExactly("file:shared/results", "jms:topic:notebook.results", "file:/a..b/c?x=1", "lab");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {{env:SECRET}}                   | placeholders are not allowed
            file:{{x}}                       | placeholders are not allowed
            file:x?fileName=${file:name}     | placeholders are not allowed
            file:x?fileName=$simple{body}    | placeholders are not allowed
            http:h?x=%7B%7Benv:SECRET%7D%7D  | placeholders are not allowed
            http:h?x=#property:lab.password  | placeholders are not allowed
            http:h?x=%23class:Evil           | placeholders are not allowed
            http:h?x=RAW(#bean:ledger)       | placeholders are not allowed
            file:../x                        | '..' is not allowed
            file:x/..                        | '..' is not allowed
            file:x/%2e%2E/y                  | '..' is not allowed
            file:x?tempPrefix=../y           | '..' is not allowed
            shared/results                   | expected a URI or a name
            file:x y                         | expected a URI or a name
            file:                            | expected a URI or a name
            file:a\\u0000                     | control characters are not allowed in 'publish': 'file:a?'
            file:a%00b                       | control characters are not allowed
            http:h/\\u007fb                  | control characters are not allowed
            jms:queue:\\u0085                | control characters are not allowed
            """)
    void whatCamelWouldFillInOrThatLeadsUpIsRefused(String uri, String message) {
        String json = "{\"publish\": [\"file:ok\", \"" + uri + "\"], \"jobs\": {\"a\": {\"notebook\": \"a.ipynb\"}}}";

        assertThat(configs.jsonProblems(json))
                .singleElement()
                .asString()
                .startsWith("x.json:1:25: field 'publish[1]': ")
                .contains(message);
    }

    @Test
    void aFolderThatCannotBeIsRefused() {
        String jobs = "\"], \"jobs\": {\"a\": {\"notebook\": \"a.ipynb\"}}}";

        assertThat(configs.jsonProblems("{\"publish\": [\"file:x/" + "\u00e9".repeat(128) + "?a=b" + jobs))
                .singleElement()
                .asString()
                .contains("no folder can have a name of more than 255 bytes");
        assertThat(configs.jsonProblems("{\"publish\": [\"file:\\ud800" + jobs))
                .singleElement()
                .asString()
                .contains("no folder can have this name");
        assertThat(configs.json("{\"publish\": [\"file:x/" + "y".repeat(255) + "?a=" + "z".repeat(300) + jobs)
                        .publish())
                .hasSize(1);
    }

    @Test
    void theUrisOfAJobAreCheckedAsWell() {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, publish: [no where]}}"))
                .singleElement()
                .asString()
                .contains("job 'a', field 'publish[0]': expected a URI or a name, found 'no where'");
    }
}
