package dev.parley.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;

/** Numbers as JSON.stringify prints them: {@code 1} for 1.0, {@code 1e+21}, null for what is not finite (ECMA-262, Number::toString). */
final class JsNumber {

    private JsNumber() {}

    static void write(JsonNode number, JsonGenerator out) throws IOException {
        if (number.isIntegralNumber()) {
            out.writeNumber(number.bigIntegerValue());
        } else if (number.isBigDecimal()) {
            out.writeNumber(format(number.decimalValue()));
        } else if (Double.isFinite(number.doubleValue())) {
            // by way of text: a float's shortest digits, not those of the double nearest to it
            out.writeNumber(format(new BigDecimal(
                    number.isFloat() ? Float.toString(number.floatValue()) : Double.toString(number.doubleValue()))));
        } else {
            out.writeNull();
        }
    }

    static String format(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        var stripped = value.stripTrailingZeros();
        var digits = stripped.unscaledValue().abs().toString();
        int point = digits.length() - stripped.scale();
        var sign = stripped.signum() < 0 ? "-" : "";
        if (point > 21 || point <= -6) {
            var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            int exponent = point - 1;
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
        }
        return sign + stripped.abs().toPlainString();
    }
}
