<%@ page contentType="text/html; charset=utf-8" session="false" import="hello.Worker" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>A JSP page</title>
  <link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>A JSP page</h1>
<% request.setAttribute("safeName", param(request.getParameter("name"))); %>
<p class="lead">Hello, <b>${safeName}</b>. Worker <b>${Worker.pid()}</b> compiled this page when it was first asked
for it, and has been up for ${Worker.uptime()}.</p>
<ul>
<% for (var header : java.util.Collections.list(request.getHeaderNames())) { %>
  <li><code><%= param(header) %></code></li>
<% } %>
</ul>
<p><a href=".">Back</a></p>
</main>
</body>
</html>
<%!
    /** Text as HTML: what a client sent is never markup. */
    private static String param(String text) {
        return text == null ? "stranger" : text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
%>
