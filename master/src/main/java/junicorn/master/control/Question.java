package junicorn.master.control;

/// What an operator wants of the master.
///
/// @param verb as it was sent: there may be no such verb
/// @param arguments of the verb
/// @param reply for the answer: whoever takes a question sees to it that there is one
public record Question(String verb, Json arguments, Reply reply) {}
