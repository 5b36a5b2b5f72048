package dev.parley.web.ops;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.regex.Pattern;

/**
 * What every response says about itself, and the way from an address of the client's to its one page. Files under {@code
 * /assets/} have their content's hash in their name and never change; the page itself is asked for each time.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HeadersFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/index.html";
    private static final String ASSETS = "/assets/";

    /** What is never an address of the client's: the server's own, and what looks like a file. */
    private static final Pattern SERVED =
            Pattern.compile("/(?:api|socket\\.io|assets|\\.well-known|openapi)(?:/.*)?|.*\\.[^/]*");

    private static final String PERMISSIONS =
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "
                    + "autoplay=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()";

    @Inject
    transient ContentPolicy policy;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        protect(request, response);
        cache(path, response);
        if (wantsPage(request, path)) {
            response.setHeader("Cache-Control", "no-cache");
            request.getRequestDispatcher(PAGE).forward(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void protect(HttpServletRequest request, HttpServletResponse response) {
        String host = request.getHeader("Host");
        response.setHeader("Content-Security-Policy", policy.text(host == null ? "" : host, request.isSecure()));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", PERMISSIONS);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void cache(String path, HttpServletResponse response) throws MalformedURLException {
        if (path.startsWith(ASSETS)) {
            // a file that is not there today may be there after the next deployment
            boolean exists = getServletContext().getResource(path) != null;
            response.setHeader("Cache-Control", exists ? "public, max-age=31536000, immutable" : "no-store");
        } else if (path.isEmpty() || path.equals("/") || path.equals(PAGE)) {
            response.setHeader("Cache-Control", "no-cache");
        }
    }

    /** A page of the client's that somebody reloads or was sent: it is the client that knows it. */
    private static boolean wantsPage(HttpServletRequest request, String path) {
        String accept = request.getHeader("Accept");
        return isPage(request.getMethod(), path) && accept != null && accept.contains("text/html");
    }

    static boolean isPage(String method, String path) {
        return (method.equals("GET") || method.equals("HEAD"))
                && path.length() > 1
                && !SERVED.matcher(path).matches();
    }
}
