package hello;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The first page: which worker answered, and where else to click.
@WebServlet("")
public class HomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        Page.write(
                response,
                "Hello from worker " + Worker.pid(),
                """
                <p class="lead">This page came from the worker process with the pid <b>%d</b>.
                Reload it, and another worker may answer. Kill it with <code>kill -9 %d</code>, and
                the master starts a new one.</p>
                <dl>
                  <div><dt>Uptime</dt><dd>%s</dd></div>
                  <div><dt>Pages served</dt><dd>%d</dd></div>
                  <div><dt>Heap</dt><dd>%s</dd></div>
                  <div><dt>Java</dt><dd>%s</dd></div>
                </dl>
                <h2>Things to try</h2>
                <ul>
                  <li><a href="hello">/hello</a>: plain text, for benchmarks</li>
                  <li><a href="page.jsp?name=you">/page.jsp</a>: a JSP page</li>
                  <li><a href="slow?ms=2000">/slow?ms=2000</a>: holds a request thread for two seconds</li>
                  <li><a href="async?ms=2000">/async?ms=2000</a>: takes as long, and holds no thread</li>
                </ul>
                <h2>Upload</h2>
                <form action="upload" method="post" enctype="multipart/form-data">
                  <input type="file" name="file" required>
                  <button>Upload and count the bytes</button>
                </form>
                """
                        .formatted(
                                Worker.pid(),
                                Worker.pid(),
                                Worker.uptime(),
                                Worker.requests(),
                                Worker.memory(),
                                Worker.java()));
    }
}
