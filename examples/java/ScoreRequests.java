import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Scores each request in the folder requests/, and writes what the notebook recorded to the folder scores/. */
public class ScoreRequests extends RouteBuilder {

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new ScoreRequests());
        main.run();
    }

    @Override
    public void configure() {
        // noop: the requests stay where they are, so that the example can be run again.
        from("file:requests?noop=true")
                // The JSON object is the notebook's parameters. Without a timeout it may take as long as it likes.
                .to("notebook:score.ipynb?kernel=python3&timeout=60s")
                // The body is a map now: what the notebook recorded.
                .marshal().json(JsonLibrary.Jackson)
                .to("file:scores");
    }
}
