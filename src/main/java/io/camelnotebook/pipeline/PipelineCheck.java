package io.camelnotebook.pipeline;

/** What else is to be true of a pipeline that its config file alone does not tell, such as that its kernels exist. */
@FunctionalInterface
public interface PipelineCheck {

    /** Takes what is wrong. */
    interface Report {

        /**
         * Reports a problem of the pipeline itself, at its place in the config file.
         *
         * @param field which of its fields is at fault
         * @param what what is wrong or was expected
         * @param remedy how to mend it; empty when what is wrong says it
         */
        void problem(String field, String what, String remedy);

        /**
         * Reports a problem of a job, at its place in the config file.
         *
         * @param job the name of the job in the pipeline
         * @param field which of its fields is at fault
         * @param what what is wrong or was expected
         * @param remedy how to mend it; empty when what is wrong says it
         */
        void problem(String job, String field, String what, String remedy);
    }

    /** Finds nothing wrong. */
    PipelineCheck NONE = (pipeline, report) -> {};

    /** Reports every problem of the pipeline, which is sound otherwise. */
    void check(Pipeline pipeline, Report report);
}
