"""Messages about worked cases, and about the folders that questionnaires and cases lie in."""

MESSAGES = {
    "no_such_cap": {
        "da": "Der er ikke noget loft med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no cap with the id “{given}”.{maybe} There are: {known}.",
    },
    "no_such_advice": {
        "da": "Der er ikke noget råd med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no advice with the id “{given}”.{maybe} There are: {known}.",
    },
    "case_outcome": {
        "da": "Forventede {expected}, fik {got}.",
        "en": "Expected {expected}, got {got}.",
    },
    "case_range": {
        "da": "Forventede, at svarene rækker over {expected}; de rækker over {got}.",
        "en": "Expected the range {expected}, got {got}.",
    },
    "case_before_limits": {
        "da": "Forventede {expected} uden gates og lofter, fik {got}.",
        "en": "Expected {expected} without gates and caps, got {got}.",
    },
    "case_gate": {
        "da": "Forventede, at »{id}« er {expected}; det er {got}.",
        "en": "Expected the gate “{id}” to be {expected}, it is {got}.",
    },
    "case_cap": {
        "da": "Forventede, at loftet »{id}« er {expected}; det er {got}.",
        "en": "Expected the cap “{id}” to be {expected}, it is {got}.",
    },
    "case_condition": {
        "da": "Forventede vilkåret »{id}«; vilkårene er: {got}.",
        "en": "Expected the condition “{id}”; the conditions are: {got}.",
    },
    "questionnaires_folder_missing": {
        "da": "Mappen findes ikke. Ret {setting}, eller opret mappen.",
        "en": "There is no such folder. Correct {setting}, or make the folder.",
    },
    "version_taken": {
        "da": "»{id}« findes allerede i version {version} med et andet indhold ({other}). Giv filen en ny "
        "»version«.",
        "en": "“{id}” already exists in version {version} with other content ({other}). "
        "Give the file a new “version”.",
    },
}
