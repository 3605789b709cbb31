package io.camelnotebook.component;

import org.apache.camel.spi.Metadata;

/** The names of the headers that the component reads and sets. */
public final class NotebookConstants {

    /** The scheme of the component's endpoints. */
    public static final String SCHEME = "notebook";

    /** The id of the run that a message belongs to. */
    @Metadata(description = "The id of the run that the message belongs to", javaType = "String")
    public static final String RUN = "CamelNotebookRun";

    /** The id of the job that a message belongs to. */
    @Metadata(description = "The id of the job that the message belongs to", javaType = "String")
    public static final String JOB = "CamelNotebookJob";

    /** How the execution ended. */
    @Metadata(
            description = "How the execution ended: succeeded, failed, timed_out, kernel_died or cancelled",
            javaType = "String")
    public static final String STATUS = "CamelNotebookStatus";

    /** The name of the kernel that executed it. */
    @Metadata(description = "The name of the kernel that executed the notebook", javaType = "String")
    public static final String KERNEL = "CamelNotebookKernel";

    /** The path of the executed notebook. */
    @Metadata(description = "The path of the executed notebook", javaType = "String")
    public static final String OUTPUT = "CamelNotebookOutput";

    /** The id of the event that a metadata record is: the same however often it is sent. */
    @Metadata(
            description = "The id of the event that the message is, the same however often it is sent",
            javaType = "String")
    public static final String EVENT_ID = "CamelNotebookEventId";

    /** The type of the event that a message is. */
    @Metadata(
            label = "consumer",
            description = "The type of the event that the message is, such as io.camelnotebook.job.failed",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelNotebookEventType";

    /** The id by which whoever sent a config knows its run. */
    @Metadata(description = "The id by which whoever sent the config knows its run", javaType = "String")
    public static final String CORRELATION_ID = "CamelNotebookCorrelationId";

    /** The URI that a file of a job goes to. */
    @Metadata(description = "The URI that a file of a job goes to", javaType = "String")
    public static final String DESTINATION = "CamelNotebookDestination";

    /** What the names of headers with parameters begin with; the parameter's name follows. */
    @Metadata(
            description = "What the names of headers with parameters begin with, the parameter's name follows. A header"
                    + " counts more than the body's parameter of that name.",
            javaType = "Object")
    public static final String PARAMETER_PREFIX = "CamelNotebookParameter.";

    private NotebookConstants() {}
}
