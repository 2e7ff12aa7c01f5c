"""Messages about keys and values that do not have the format's shape; most codes are pydantic's own."""

MESSAGES = {
    "missing": {
        "da": 'Her mangler »{key}«. Tilføj "{key}": {example}.',
        "en": '“{key}” is missing here. Add "{key}": {example}.',
    },
    "extra_forbidden": {
        "da": "Nøglen »{given}« kendes ikke her.{maybe} Her kan stå: {known}.",
        "en": "The key “{given}” is not known here.{maybe} Known keys: {known}.",
    },
    "id_pattern": {
        "da": "»{written}« kan ikke være et id. Brug små bogstaver a–z, tal og bindestreg: »{suggestion}«.",
        "en": "“{written}” cannot be an id. Use lower-case a–z, digits and hyphens: “{suggestion}”.",
    },
    "version_pattern": {
        "da": "»{written}« er ikke et versionsnummer. Skriv tre tal med punktum imellem: »1.0.0«.",
        "en": "“{written}” is not a version number. Write three numbers with dots between: “1.0.0”.",
    },
    "union_tag_invalid": {
        "da": "Spørgsmålstypen »{given}« findes ikke.{maybe} Vælg mellem: {known}.",
        "en": "There is no kind of question called “{given}”.{maybe} Choose from: {known}.",
    },
    "union_tag_not_found": {
        "da": 'Her mangler »kind«, spørgsmålets type. Tilføj for eksempel "kind": "{first}". Vælg mellem: '
        "{known}.",
        "en": 'The kind of question is missing. Add, say, "kind": "{first}". Choose from: {known}.',
    },
    "literal_error": {
        "da": "»{given}« kan ikke stå i »{key}«.{maybe} Vælg mellem: {known}.",
        "en": "“{given}” cannot be the value of “{key}”.{maybe} Choose from: {known}.",
    },
    "string_type": {
        "da": '»{key}« skal være tekst i anførselstegn: "…".',
        "en": '“{key}” must be text in quotation marks: "…".',
    },
    "int_type": {
        "da": "»{key}« skal være et helt tal uden anførselstegn, for eksempel 3.",
        "en": "“{key}” must be a whole number without quotation marks, such as 3.",
    },
    "float_type": {
        "da": "»{key}« skal være et tal uden anførselstegn og med punktum som decimaltegn, for eksempel 0.5.",
        "en": "“{key}” must be a number without quotation marks, such as 0.5.",
    },
    "bool_type": {
        "da": "»{key}« skal være true eller false, uden anførselstegn.",
        "en": "“{key}” must be true or false, without quotation marks.",
    },
    "dict_type": {
        "da": "»{key}« skal være et objekt med krøllede parenteser: {example}.",
        "en": "“{key}” must be an object in braces: {example}.",
    },
    "model_type": {
        "da": "»{key}« skal være et objekt med krøllede parenteser: {{ … }}.",
        "en": "“{key}” must be an object in braces: {{ … }}.",
    },
    "tuple_type": {
        "da": "»{key}« skal være en liste med kantede parenteser: [ … ].",
        "en": "“{key}” must be a list in square brackets: [ … ].",
    },
    "string_too_long": {
        "da": "Her er {length} tegn; der er plads til {max_length}. Skriv det kortere.",
        "en": "There are {length} characters here; there is room for {max_length}. Make it shorter.",
    },
    "too_short": {
        "da": "»{key}« har {actual_length}, men skal have mindst {min_length}. Tilføj flere.",
        "en": "“{key}” has {actual_length} but needs at least {min_length}. Add more.",
    },
    "too_long": {
        "da": "»{key}« har {actual_length}, men må højst have {max_length}. Fjern nogle.",
        "en": "“{key}” has {actual_length} but may have at most {max_length}. Remove some.",
    },
    "greater_than": {
        "da": "»{key}« er {written}, men skal være over {gt}.",
        "en": "“{key}” is {written} but must be above {gt}.",
    },
    "greater_than_equal": {
        "da": "»{key}« er {written}, men skal være mindst {ge}.",
        "en": "“{key}” is {written} but must be at least {ge}.",
    },
    "less_than_equal": {
        "da": "»{key}« er {written}, men må højst være {le}.",
        "en": "“{key}” is {written} but may be at most {le}.",
    },
    "condition_value": {
        "da": "Et svar i en betingelse er enten et tal eller et id i anførselstegn.",
        "en": "An answer in a condition is either a number or an id in quotation marks.",
    },
    "criterion_item_shape": {
        "da": 'Skriv spørgsmålets id ("owner") eller id og vægt ({{"item": "owner", "weight": 2}}).',
        "en": 'Write the item\'s id ("owner") or id and weight ({{"item": "owner", "weight": 2}}).',
    },
    "condition_shape": {
        "da": 'En betingelse er enten én prøve ({{"item": "…", "is": "…"}}) eller ét af »all«, »any« og '
        "»not«.",
        "en": 'A condition is either one test ({{"item": "…", "is": "…"}}) or one of “all”, “any” and “not”.',
    },
    "condition_one_test": {
        "da": "Prøv spørgsmålet med præcis ét af »is«, »in«, »at_least«, »at_most« og »answered«.",
        "en": "Test the item with exactly one of “is”, “in”, “at_least”, “at_most” and “answered”.",
    },
    "wrong_shape": {
        "da": "»{key}« har ikke den form, som formatet kræver. Skriv det sådan: {example}.",
        "en": "“{key}” does not have the shape that the format asks for. Write it like this: {example}.",
    },
}
