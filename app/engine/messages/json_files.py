"""Messages about files that are no JSON, or not the kind of JSON that can be trusted."""

MESSAGES = {
    "file_unreadable": {
        "da": "Filen kan ikke læses ({reason}). Se efter, at den findes, og at du har lov til at læse den.",
        "en": "The file cannot be read ({reason}). Check that it exists and that you may read it.",
    },
    "not_utf8": {
        "da": "Her er et tegn, som ikke er gemt i UTF-8. Gem filen igen med tegnsættet UTF-8.",
        "en": "There is a character here that is not stored as UTF-8. Save the file again as UTF-8.",
    },
    "json_empty": {
        "da": "Filen er tom. Den skal indeholde et JSON-objekt: {{ … }}.",
        "en": "The file is empty. It must hold a JSON object: {{ … }}.",
    },
    "json_not_an_object": {
        "da": "Filen skal være ét JSON-objekt: Sæt {{ først og }} sidst.",
        "en": "The file must be one JSON object: put {{ first and }} last.",
    },
    "json_ends_early": {
        "da": "Filen slutter, før den er færdig. Der mangler nok en afsluttende }} eller ].",
        "en": "The file ends before it is finished. A closing }} or ] is probably missing.",
    },
    "json_no_key": {
        "da": 'Her skal stå en nøgle i lige anførselstegn, for eksempel "id".',
        "en": 'There must be a key in straight double quotes here, such as "id".',
    },
    "json_no_colon": {
        "da": "Der mangler et kolon mellem nøglen og dens værdi.",
        "en": "A colon is missing between the key and its value.",
    },
    "json_no_comma": {
        "da": "Der mangler et komma før det, der står her (eller en afsluttende }} eller ]).",
        "en": "A comma is missing before what stands here (or a closing }} or ]).",
    },
    "json_no_value": {
        "da": 'Her mangler en værdi: en tekst i "…", et tal, true, false, [ … ] eller {{ … }}.',
        "en": 'A value is missing here: a text in "…", a number, true, false, [ … ] or {{ … }}.',
    },
    "json_open_string": {
        "da": 'Teksten, der begynder her, mangler sit afsluttende ". Et " inde i en tekst skrives \\".',
        "en": 'The text that begins here lacks its closing ". A " inside a text is written \\".',
    },
    "json_control_character": {
        "da": "Her er et linjeskift, et tabulatortegn eller lignende inde i en tekst. Skriv \\n for "
        "linjeskift.",
        "en": "There is a line break, tab or the like inside a text here. Write \\n for a line break.",
    },
    "json_escape": {
        "da": 'Efter \\ i en tekst må der kun stå \\, ", /, b, f, n, r, t eller u og fire tegn. Skriv \\\\ '
        "for \\.",
        "en": 'After \\ in a text only \\, ", /, b, f, n, r, t or u and four digits may follow. Write \\\\ '
        "for \\.",
    },
    "json_extra": {
        "da": "JSON-objektet slutter før dette. Slet resten, eller se efter en }} for meget.",
        "en": "The JSON object ends before this. Delete the rest, or look for a }} too many.",
    },
    "json_trailing_comma": {
        "da": "Slet dette komma: Der kommer ikke mere efter det.",
        "en": "Delete this comma: nothing follows it.",
    },
    "json_single_quotes": {
        "da": "Brug lige dobbelte anførselstegn: \"…\" i stedet for '…'.",
        "en": "Use straight double quotes: \"…\" instead of '…'.",
    },
    "json_curly_quotes": {
        "da": 'Brug lige dobbelte anførselstegn om nøgler og tekster: "…". De runde hører til inde i '
        "teksten.",
        "en": 'Use straight double quotes around keys and texts: "…". Curly ones belong inside the text.',
    },
    "json_comment": {
        "da": "JSON har ingen kommentarer. Slet den.",
        "en": "JSON has no comments. Delete it.",
    },
    "json_syntax": {
        "da": "Her holder filen op med at være JSON. Se efter et komma, et anførselstegn eller en parentes.",
        "en": "Here the file stops being JSON. Look for a comma, a quotation mark or a bracket.",
    },
    "json_number": {
        "da": "{written} er ikke et tal, der kan regnes med. Skriv et almindeligt tal.",
        "en": "{written} is not a number that can be used. Write an ordinary number.",
    },
    "json_half_character": {
        "da": "Her er et halvt tegn (en ensom \\ud…). Skriv tegnet selv.",
        "en": "There is half a character here (a lone \\ud…). Write the character itself.",
    },
    "json_too_deep": {
        "da": "Her ligger flere end {most} lister og objekter inde i hinanden. Så dybt er intet spørgeskema.",
        "en": "More than {most} lists and objects stand inside each other here. None needs to be so deep.",
    },
    "key_twice": {
        "da": "Nøglen »{key}« står allerede i linje {other_line}. Behold den ene.",
        "en": "The key “{key}” is already in line {other_line}. Keep one of them.",
    },
}
