package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client of the EAR as it is shipped, deployed by Arquillian. */
@ExtendWith(ArquillianExtension.class)
class DeployedEarIT {

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    public static EnterpriseArchive ear() {
        return ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class,
                Parley.PROJECT.resolve("ear/target/parley.ear").toFile());
    }

    @Test
    void signs_a_demo_person_in_with_a_key_that_it_publishes(@ArquillianResource URL root) throws Exception {
        String login = "{\"username\":\"alice\",\"password\":\"parley\"}";

        HttpResponse<String> signedIn = send(HttpRequest.newBuilder(URI.create(root + "api/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(login)));
        HttpResponse<String> keys = send(HttpRequest.newBuilder(URI.create(root + ".well-known/jwks.json")));

        JsonNode answer = Person.JSON.readTree(signedIn.body());
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(answer.path("tokenType").asText()).isEqualTo("Bearer");
        String header = new String(
                Base64.getUrlDecoder()
                        .decode(answer.path("accessToken").asText().split("\\.", -1)[0]),
                StandardCharsets.UTF_8);
        String keyId = Person.JSON.readTree(header).path("kid").asText();
        assertThat(Person.JSON.readTree(keys.body()).findValuesAsText("kid")).contains(keyId);
    }

    @Test
    void serves_the_client_with_a_strict_policy(@ArquillianResource URL root) throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(root.toString())));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe-inline")
                .doesNotContain("unsafe-eval");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void greets_a_socket_over_long_polling(@ArquillianResource URL root) throws Exception {
        HttpResponse<String> open =
                send(HttpRequest.newBuilder(URI.create(root + "socket.io/?EIO=4&transport=polling")));

        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).startsWith("0{\"sid\":");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
