package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
}
