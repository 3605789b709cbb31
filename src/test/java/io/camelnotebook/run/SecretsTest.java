package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, JsonNode> values(String json) throws JsonProcessingException {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    private static void assertRedacted(String json, String expected) throws JsonProcessingException {
        assertThat(Secrets.redact(values(json))).isEqualTo(values(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "DB_PASSWORD",
                "passwd",
                "passphrase",
                "client_secret",
                "token",
                "hfToken",
                "credentials",
                "api_key",
                "apikey",
                "ACCESS_KEY_ID",
                "private_key"
            })
    void aValueWhoseNameSaysThatItIsSecretIsLeftOut(String name) throws JsonProcessingException {
        assertRedacted("{\"" + name + "\": \"hunter2\"}", "{\"" + name + "\": \"***\"}");
    }

    @Test
    void otherValuesStayAsTheyAre() throws JsonProcessingException {
        String values = "{\"rows\": 100, \"rate\": 0.5, \"keys\": [\"a\"], \"key\": \"id\", \"none\": null}";

        assertRedacted(values, values);
    }

    @Test
    void secretsAreFoundHoweverDeepTheyAre() throws JsonProcessingException {
        assertRedacted("""
                {"config": {"sources": [{"user": "u", "password": "p"}, [{"token": 7}]]}}""", """
                {"config": {"sources": [{"user": "u", "password": "***"}, [{"token": "***"}]]}}""");
    }

    @Test
    void whatIsUnderASecretNameIsSecretAsAWhole() throws JsonProcessingException {
        assertRedacted("{\"credentials\": {\"user\": \"u\"}}", "{\"credentials\": \"***\"}");
    }

    @Test
    void aSecretThatIsNotSetIsShownAsSuch() throws JsonProcessingException {
        assertRedacted("{\"token\": null}", "{\"token\": null}");
    }

    @Test
    void passwordsInUrisAreLeftOutWhereverTheUriIs() throws JsonProcessingException {
        assertRedacted("{\"urls\": [\"postgresql://ann:s3cret@db/x\"]}", "{\"urls\": [\"postgresql://ann:***@db/x\"]}");
    }

    @Test
    void theValuesThemselvesAreNotChanged() throws JsonProcessingException {
        Map<String, JsonNode> values = values("{\"config\": {\"token\": \"t\"}}");

        Secrets.redact(values);

        assertThat(values).isEqualTo(values("{\"config\": {\"token\": \"t\"}}"));
    }

    private static JsonNode recorded(JobResult result, int index) {
        return result.results().getOrDefault("r", JobMessages.NODES.nullNode()).path(index);
    }

    private static JobResult leaking(String parameters, String text) throws JsonProcessingException {
        JobMessage job = JobMessages.job("a", "a", 0, "a", values(parameters), List.of());
        return JobMessages.result(
                        job,
                        JobState.FAILED,
                        new JobResult.Failure(1, "ValueError", text, List.of("line " + text)),
                        Map.of("r", JobMessages.NODES.arrayNode().add(text).add(123456)))
                .withoutSecrets();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"token": "abcdef"}                          | no abcdef here, abcdef  | no *** here, ***
            {"config": {"password": ["abcdef", "ghijkl"]}} | abcdefghijkl          | ******
            {"token": "abcdef", "secret": "abcdefgh"}    | abcdefgh abcdef         | *** ***
            {"db": "postgresql://ann:s3cret@db/x"}       | login s3cret failed     | login *** failed
            {"token": "abcde"}                           | too short: abcde        | too short: abcde
            {"token": 1, "secret": true, "password": null} | 1 is true, not null   | 1 is true, not null
            {"name": "abcdef"}                           | abcdef is no secret     | abcdef is no secret
            """)
    void aSecretsValueIsLeftOutOfErrorsAndResultsUnlessItIsShort(String parameters, String text, String expected)
            throws JsonProcessingException {
        JobResult result = leaking(parameters, text);

        assertThat(result.error())
                .isEqualTo(new JobResult.Failure(1, "ValueError", expected, List.of("line " + expected)));
        assertThat(recorded(result, 0).asText()).isEqualTo(expected);
        assertThat(recorded(result, 1).asInt()).isEqualTo(123456);
    }

    @Test
    void aNumberThatIsSecretIsLeftOutToo() throws JsonProcessingException {
        assertThat(recorded(leaking("{\"token\": 123456}", "x"), 1).asText()).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://ann:s3cret@host/in,                 sftp://ann:***@host/in",
        "sftp://:s3cret@host/in,                    sftp://:***@host/in",
        "sftp://ann@host/in,                        sftp://ann@host/in",
        "http://host:8080/a@b,                      http://host:8080/a@b",
        "from ftp://a:b@c to ftp://d:e@f,           from ftp://a:***@c to ftp://d:***@f",
        "file:shared/results,                       file:shared/results"
    })
    void aPasswordInAUriIsLeftOutAndNothingElse(String text, String expected) {
        assertThat(Secrets.redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sftp://h/in?username=u&password=p&x=1        | sftp://h/in?username=u&password=***&x=1
            sftp://h/in?password=RAW(a&b)c)&x=1          | sftp://h/in?password=***&x=1
            sftp://h/in?password=RAW{a&b}                | sftp://h/in?password=***
            aws2-s3:b?accessKey=A&secretKey=B&region=eu  | aws2-s3:b?accessKey=***&secretKey=***&region=eu
            http://h/?page=2&author=x                    | http://h/?page=2&author=x
            """)
    void secretParametersOfUrisAreLeftOut(String uri, String redacted) {
        assertThat(Secrets.redact(uri)).isEqualTo(redacted);
    }
}
