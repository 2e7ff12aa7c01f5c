"""Messages about answers files."""

MESSAGES = {
    "not_an_answers_file": {
        "da": 'Filen er ikke en svarfil fra Overvej. Den skal begynde med "format": "{format}".',
        "en": 'The file is not an Overvej answers file. It must begin with "format": "{format}".',
    },
    "unknown_key": {
        "da": "Nøglen »{key}« kendes ikke i en svarfil.{maybe} Her kan stå: {known}.",
        "en": "The key “{key}” is not known in an answers file.{maybe} Known keys: {known}.",
    },
    "other_questionnaire": {
        "da": "Svarene hører til et andet spørgeskema. Dette hedder »{wanted}«.",
        "en": "The answers belong to another questionnaire. This one is “{wanted}”.",
    },
    "other_version": {
        "da": "Svarene hører til en anden version af spørgeskemaet. Denne er {wanted}.",
        "en": "The answers belong to another version of the questionnaire. This one is {wanted}.",
    },
    "other_digest": {
        "da": "Svarene er givet til en anden ordlyd af den samme version. Slet »digest«, hvis de stadig "
        "passer.",
        "en": "The answers were given to other wording of the same version. Delete “digest” if they still "
        "fit.",
    },
    "not_an_object": {
        "da": "Her skal stå et objekt med krøllede parenteser: {{ … }}.",
        "en": "There must be an object in braces here: {{ … }}.",
    },
    "no_such_question": {
        "da": "Spørgeskemaet har ikke noget, der hedder »{key}«.{maybe} Det har: {known}.",
        "en": "The questionnaire has nothing called “{key}”.{maybe} It has: {known}.",
    },
    "answer_not_a_point": {
        "da": "Svaret skal være et helt tal fra 0 (det første svar) til {highest} (det sidste).",
        "en": "The answer must be a whole number from 0 (the first point) to {highest} (the last).",
    },
    "answer_not_an_option": {
        "da": "Svaret skal være et af disse: {options}.",
        "en": "The answer must be one of these: {options}.",
    },
    "answer_not_options": {
        "da": "Svaret skal være en liste med nogle af disse: {options}.",
        "en": "The answer must be a list of some of these: {options}.",
    },
    "answer_not_a_date": {
        "da": "Datoen skal skrives år-måned-dag: 2026-11-22.",
        "en": "The date must be written year-month-day: 2026-11-22.",
    },
    "answer_in_no_such_year": {
        "da": "Året skal ligge mellem {first} og {last}.",
        "en": "The year must be between {first} and {last}.",
    },
    "answer_not_an_exchange": {
        "da": 'Svaret skal have formen {{"give": {{"…": 2}}, "get": {{"…": 3}}}} med nogle af disse: '
        "{resources}.",
        "en": 'The answer must be {{"give": {{"…": 2}}, "get": {{"…": 3}}}} with some of these: {resources}.',
    },
    "answer_not_a_cell": {
        "da": "Skriv et helt tal fra 0 til 3 for det, man giver eller får.",
        "en": "Write a whole number from 0 to 3 for what is given or got.",
    },
    "answer_not_yes_or_no": {
        "da": 'Svaret skal være "yes" eller "no".',
        "en": 'The answer must be "yes" or "no".',
    },
    "answer_not_yes_no_unknown": {
        "da": 'Svaret skal være "yes", "no" eller "unknown".',
        "en": 'The answer must be "yes", "no" or "unknown".',
    },
    "answer_not_a_number": {
        "da": "Svaret skal være et tal.",
        "en": "The answer must be a number.",
    },
    "answer_out_of_range": {
        "da": "Tallet skal ligge mellem {minimum} og {maximum}.",
        "en": "The number must be between {minimum} and {maximum}.",
    },
    "answer_too_many_decimals": {
        "da": "Tallet har for mange decimaler. Der er plads til {decimals}.",
        "en": "The number has too many decimals. There is room for {decimals}.",
    },
    "answer_not_text": {
        "da": "Svaret skal være almindelig tekst.",
        "en": "The answer must be plain text.",
    },
    "answer_too_long": {
        "da": "Svaret er på {length} tegn; der er plads til {longest}.",
        "en": "The answer has {length} characters; there is room for {longest}.",
    },
    "answer_may_not_be_na": {
        "da": 'Dette spørgsmål gælder altid. Svar, eller skriv, at I ikke ved det: {{"unknown": true}}.',
        "en": 'This item always applies. Answer, or say that you do not know: {{"unknown": true}}.',
    },
    "note_not_text": {
        "da": "Bemærkningen skal være almindelig tekst.",
        "en": "The note must be plain text.",
    },
    "note_too_long": {
        "da": "Bemærkningen er på {length} tegn; der er plads til {longest}.",
        "en": "The note has {length} characters; there is room for {longest}.",
    },
}
