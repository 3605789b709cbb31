package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void aTextIsPartsAndReferences() {
        assertThat(Template.parse("a ${matrix.m} b ${ jobs . x . results }").parts())
                .hasToString("[Text[text=a ], ${matrix.m}, Text[text= b ], ${jobs.x.results}]");
    }

    @Test
    void aDoubledDollarIsAPlainOne() {
        Template template = Template.parse("$${HOME} costs $5 ${matrix.m}");

        assertThat(template.references()).hasSize(1);
        assertThat(template.parts()).first().hasToString("Text[text=${HOME} costs $5 ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "${matrix.m}", "a${run.id}b", "$${x}${run.id}", "$", "$$", "{}"})
    void isPrintedAsItIsWritten(String text) {
        assertThat(Template.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${matrix.}", "${.a}", "${a..b}", "${a${b}}", "x ${matrix.m"})
    void whatIsNoExpressionIsRefusedWithTheWayToWriteAPlainOne(String text) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Template.parse(text))
                .withMessageEndingWith("write $${ for a plain ${");
    }
}
