package io.camelnotebook.component;

/** Why a delivery did not arrive, in a line for people. */
final class DeliveryFailure {

    private DeliveryFailure() {}

    static String reason(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : withoutNested(cause.getMessage());
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        // Many a component says only that it could not connect, and not that a password is wrong.
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String reason = message.contains(why) ? message : message + ": " + why;
        return reason.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** Spring puts the whole of the cause behind its own words, in JMS's case words that say nothing. */
    private static String withoutNested(String message) {
        return message.replaceFirst("(?s); nested exception is .*", "")
                .replaceFirst("^Uncategorized exception occurred during JMS processing", "JMS");
    }
}
