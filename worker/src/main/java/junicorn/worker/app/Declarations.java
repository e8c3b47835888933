package junicorn.worker.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.Holder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.ServletMapping;

/// Adds servlets and filters to a context as their annotations say. Without annotations a servlet
/// is at `/`, a filter in front of everything, and both may be asynchronous.
///
/// Every servlet is initialized at start: ready means ready.
final class Declarations {
    /// With it, `getPathInfo()` is the path: many servlets look nowhere else.
    private static final String EVERY_PATH = "/*";

    private final ServletContextHandler context;

    Declarations(ServletContextHandler context) {
        this.context = context;
    }

    void servlet(Servlet servlet) {
        var holder = new ServletHolder(servlet);
        var declared = servlet.getClass().getAnnotation(WebServlet.class);
        holder.setName(servlet.getClass().getName());
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        List<String> paths = List.of(EVERY_PATH);
        if (declared != null) {
            name(holder, declared.name());
            holder.setAsyncSupported(declared.asyncSupported());
            holder.setInitOrder(Math.max(0, declared.loadOnStartup()));
            parameters(holder, declared.initParams());
            paths = either(declared.urlPatterns(), declared.value());
        }
        var multipart = servlet.getClass().getAnnotation(MultipartConfig.class);
        if (multipart != null) {
            holder.getRegistration().setMultipartConfig(new MultipartConfigElement(multipart));
        }
        map(holder, paths.isEmpty() ? List.of(EVERY_PATH) : paths);
        guard(holder, servlet);
    }

    /// True if one of them says who may have it; only then does a context need to ask.
    static boolean anyGuards(List<Object> parts) {
        return parts.stream()
                .anyMatch(it -> it.getClass().isAnnotationPresent(ServletSecurity.class));
    }

    /// After the paths are known, which it is about.
    private void guard(ServletHolder holder, Servlet servlet) {
        var declared = servlet.getClass().getAnnotation(ServletSecurity.class);
        if (declared != null) {
            context.setServletSecurity(
                    holder.getRegistration(), new ServletSecurityElement(declared));
        }
    }

    /// For a servlet of ours in front of something else.
    void map(ServletHolder holder, List<String> paths) {
        var mapping = new ServletMapping();
        mapping.setServletName(holder.getName());
        mapping.setPathSpecs(paths.toArray(String[]::new));
        context.getServletHandler().addServlet(holder);
        context.getServletHandler().addServletMapping(mapping);
    }

    void filter(Filter filter) {
        var holder = new FilterHolder(filter);
        var declared = filter.getClass().getAnnotation(WebFilter.class);
        holder.setName(filter.getClass().getName());
        holder.setAsyncSupported(true);
        List<String> paths = List.of();
        List<String> servlets = List.of();
        var dispatches = EnumSet.of(DispatcherType.REQUEST);
        if (declared != null) {
            name(holder, declared.filterName());
            holder.setAsyncSupported(declared.asyncSupported());
            parameters(holder, declared.initParams());
            paths = either(declared.urlPatterns(), declared.value());
            servlets = List.of(declared.servletNames());
            dispatches = EnumSet.copyOf(List.of(declared.dispatcherTypes()));
        }
        var mapping = new FilterMapping();
        mapping.setFilterName(holder.getName());
        mapping.setServletNames(servlets.toArray(String[]::new));
        mapping.setPathSpecs(
                (paths.isEmpty() && servlets.isEmpty() ? List.of(EVERY_PATH) : paths)
                        .toArray(String[]::new));
        mapping.setDispatcherTypes(dispatches);
        context.getServletHandler().addFilter(holder, mapping);
    }

    private static void name(Holder<?> holder, String declared) {
        if (!declared.isEmpty()) {
            holder.setName(declared);
        }
    }

    private static void parameters(Holder<?> holder, WebInitParam[] parameters) {
        for (var parameter : parameters) {
            holder.setInitParameter(parameter.name(), parameter.value());
        }
    }

    private static List<String> either(String[] patterns, String[] value) {
        var all = new ArrayList<>(List.of(patterns));
        all.addAll(List.of(value));
        return all;
    }
}
