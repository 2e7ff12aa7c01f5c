"""Messages about questionnaires that are well formed and cannot be used, or are worth another look."""

MESSAGES = {
    # Languages and texts
    "language_unknown": {
        "da": "Overvej taler ikke »{given}«.{maybe} Vælg mellem: {known}.",
        "en": "Overvej does not speak “{given}”.{maybe} Choose from: {known}.",
    },
    "language_twice": {
        "da": "Sproget {language} står to gange. Slet det ene.",
        "en": "The language {language} is there twice. Delete one.",
    },
    "translation_missing": {
        "da": "»{key}« mangler på {language}. Skriv teksten, eller fjern sproget fra »languages«.",
        "en": "“{key}” is missing in {language}. Write it, or take the language out of “languages”.",
    },
    "language_not_declared": {
        "da": "Sproget »{given}« står ikke i »languages« ({known}).{maybe} Tilføj det dér, eller slet "
        "teksten.",
        "en": "The language “{given}” is not in “languages” ({known}).{maybe} Add it there, or delete the "
        "text.",
    },
    "text_empty": {
        "da": "Teksten på {language} er tom. Skriv den, eller slet hele teksten, hvor den kan undværes.",
        "en": "The text in {language} is empty. Write it, or delete the whole text where it can be spared.",
    },
    "text_html": {
        "da": "»{written}« ligner HTML. Skriv ren tekst; brug < og & frit, når de ikke danner en kode.",
        "en": "“{written}” looks like HTML. Write plain text; < and & are fine where they form no code.",
    },
    "text_control_character": {
        "da": "Teksten har et usynligt styretegn. Slet det; kun linjeskift (\\n) må stå i en tekst.",
        "en": "The text has an invisible control character. Delete it; only line breaks (\\n) may be there.",
    },
    "placeholder_not_here": {
        "da": "{written} bliver ikke udfyldt her. Krøllede parenteser hører kun til i »motion«, "
        "»next_steps« og »letter«.",
        "en": "{written} is not filled in here. Braces belong only in “motion”, “next_steps” and “letter”.",
    },
    "placeholder_unknown": {
        "da": "{written} kendes ikke.{maybe} Der kan udfyldes, i krøllede parenteser: {known}.",
        "en": "{written} is not known.{maybe} What can be filled in, in braces: {known}.",
    },
    "same_in_two_languages": {
        "da": "Teksten er ens på {one} og {two}. Er den oversat?",
        "en": "The text is the same in {one} and {two}. Has it been translated?",
    },
    "straight_quotes": {
        "da": "Her er lige anførselstegn eller apostrof. Brug »…« eller „…“ på dansk, “…” og ’ på engelsk.",
        "en": "There are straight quotes or apostrophes here. Use “…” and ’ in English, »…« or „…“ in "
        "Danish.",
    },
    # Size
    "too_many_scored_items": {
        "da": "Der er {count} spørgsmål med værdi; der er plads til {most}. Fjern nogle, eller lav to "
        "spørgeskemaer.",
        "en": "There are {count} questions with a value; there is room for {most}. Remove some, or make two "
        "questionnaires.",
    },
    "too_many_questions": {
        "da": "Der er {count} spørgsmål og felter i alt; der er plads til {most}. Fjern nogle, eller lav to "
        "spørgeskemaer.",
        "en": "There are {count} questions and fields in all; there is room for {most}. Remove some, or make "
        "two questionnaires.",
    },
    "too_many_values": {
        "da": "Filen rummer flere end {most} tekster, tal og lister. Ingen fil til Overvej er så stor. "
        "Fjern noget.",
        "en": "The file holds more than {most} texts, numbers and lists. No file for Overvej has that many. "
        "Remove some.",
    },
    "file_too_long": {
        "da": "Filen har {length} tegn; der er plads til {most}. Intet spørgeskema er så langt. Fjern noget.",
        "en": "The file has {length} characters; there is room for {most}. No questionnaire is that long. "
        "Take something out.",
    },
    # Ids and references
    "id_twice": {
        "da": "Id’et »{id}« er brugt i linje {other_line}. Giv en af dem et andet.",
        "en": "The id “{id}” is used in line {other_line}. Give one of them another.",
    },
    "no_such_item": {
        "da": "Der er ikke noget spørgsmål med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no item with the id “{given}”.{maybe} There are: {known}.",
    },
    "no_such_gate": {
        "da": "Der er ikke noget under »gates« med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no gate with the id “{given}”.{maybe} There are: {known}.",
    },
    "no_such_criterion": {
        "da": "Der er ikke noget kriterium med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no criterion with the id “{given}”.{maybe} There are: {known}.",
    },
    "no_such_outcome": {
        "da": "Der er ikke nogen anbefaling med id’et »{given}«.{maybe} Der er: {known}.",
        "en": "There is no outcome with the id “{given}”.{maybe} There are: {known}.",
    },
    "no_such_scale": {
        "da": "Der er ikke nogen fælles skala, der hedder »{given}«.{maybe} Der er: {known}.",
        "en": "There is no shared scale called “{given}”.{maybe} There are: {known}.",
    },
    "scale_or_points": {
        "da": "»{id}« mangler sine svar. Skriv »points«, eller nævn en fælles skala i »scale«: {known}.",
        "en": "“{id}” lacks its answers. Write “points”, or name a shared scale in “scale”: {known}.",
    },
    "scale_and_points": {
        "da": "»{id}« har både skalaen »{scale}« og egne svar. Behold enten »scale« eller »points« og "
        "»scores«.",
        "en": "“{id}” has both the scale “{scale}” and its own. Keep either “scale” or “points” and "
        "“scores”.",
    },
    # Scores
    "too_few_points": {
        "da": "»{id}« skal have mindst {least} svar i »points«.",
        "en": "“{id}” needs at least {least} answers in “points”.",
    },
    "scores_count": {
        "da": "Her er {scores} tal til {points} svar. Skriv ét tal for hvert svar.",
        "en": "There are {scores} scores for {points} answers. Write one for each.",
    },
    "scores_span": {
        "da": "Tallene går fra {first} til {last}. Det ringeste svar skal give 0 og det bedste 100.",
        "en": "The scores go from {first} to {last}. The worst answer must be worth 0 and the best 100.",
    },
    "scores_fall": {
        "da": "Tallet falder fra {before} til {after}. Skriv svarene med det ringeste først, så tallene "
        "stiger.",
        "en": "The score falls from {before} to {after}. Write the answers worst first, so that scores rise.",
    },
    "some_options_scored": {
        "da": "Kun nogle af svarene på »{id}« har »score«. Giv alle en (mangler: {without}), eller ingen.",
        "en": "Only some options of “{id}” have a “score”. Give all of them one (missing: {without}), or "
        "none.",
    },
    # Criteria
    "item_in_two_criteria": {
        "da": "»{id}« hører allerede til »{owner}« (linje {other_line}). Et spørgsmål hører til ét "
        "kriterium.",
        "en": "“{id}” already belongs to “{owner}” (line {other_line}). An item belongs to one criterion.",
    },
    "item_without_scores": {
        "da": "»{id}« har ingen værdi. Giv alle svarene en »score« fra 0 til 100, eller tag spørgsmålet ud "
        "af kriteriet.",
        "en": "“{id}” has no value. Give every option a “score” from 0 to 100, or take it out of the "
        "criterion.",
    },
    "item_without_values": {
        "da": "»{id}« er af typen »{kind}«, som ikke har nogen værdi. Brug en af disse typer: {known}.",
        "en": "“{id}” is of the kind “{kind}”, which has no value. Use one of these kinds: {known}.",
    },
    "k_missing": {
        "da": '»top_mean« mangler sit »k«: hvor mange af de stærkeste der tæller. Skriv for eksempel "k": 3.',
        "en": '“top_mean” lacks its “k”: how many of the strongest count. Write, say, "k": 3.',
    },
    "k_too_great": {
        "da": "»k« er {k}, men kriteriet har kun {count} spørgsmål. Skriv højst {count}.",
        "en": "“k” is {k} but the criterion has only {count} items. Write at most {count}.",
    },
    "k_not_used": {
        "da": "»k« hører til »top_mean« og bruges ikke i »{by}«. Slet det, eller skift til »top_mean«.",
        "en": "“k” belongs to “top_mean” and is not used in “{by}”. Delete it, or change to “top_mean”.",
    },
    "weight_not_used": {
        "da": "Spørgsmål har ikke vægt i »{by}«. Skriv kun spørgsmålets id, eller skift til »mean«.",
        "en": "Items have no weight in “{by}”. Write only the item’s id, or change to “mean”.",
    },
    "criterion_all_na": {
        "da": "Alle spørgsmål i »{id}« må springes over (»may_be_na«). Mindst ét skal altid gælde.",
        "en": "Every item of “{id}” may be not applicable (“may_be_na”). At least one must always apply.",
    },
    "short_without_criterion": {
        "da": "Den korte udgave spørger ikke om »{id}«. Tag mindst ét med i »short«: {items}.",
        "en": "The short variant asks nothing about “{id}”. Put at least one of these into “short”: {items}.",
    },
    # Boundaries
    "boundary_missing": {
        "da": 'Der mangler en grænse mellem {lower} og {upper}. Tilføj en: "between": ["{lower}", '
        '"{upper}"].',
        "en": 'There is no boundary between {lower} and {upper}. Add one: "between": ["{lower}", "{upper}"].',
    },
    "boundary_twice": {
        "da": "Grænsen mellem {lower} og {upper} står allerede i linje {other_line}. Slet den ene.",
        "en": "The boundary between {lower} and {upper} is already in line {other_line}. Delete one.",
    },
    "boundary_out_of_order": {
        "da": "Grænsen mellem {lower} og {upper} står på den forkerte plads. Rækkefølgen er: {pairs}.",
        "en": "The boundary between {lower} and {upper} is in the wrong place. The order is: {pairs}.",
    },
    "boundary_not_neighbours": {
        "da": "{lower} og {upper} er ikke naboer, den laveste først. Grænserne går mellem: {pairs}.",
        "en": "{lower} and {upper} are not neighbours, the lower one first. The boundaries are between: "
        "{pairs}.",
    },
    "profile_missing": {
        "da": "Grænsen mangler et krav til »{criterion}«. Skriv et tal fra 0 til 100 (0, hvis intet kræves).",
        "en": "The boundary lacks a profile for “{criterion}”. Write 0 to 100 (0 where nothing is asked).",
    },
    "profile_out_of_range": {
        "da": "Kravet til »{criterion}« er {written}. Skriv et tal fra 0 til 100.",
        "en": "The profile for “{criterion}” is {written}. Write a number from 0 to 100.",
    },
    "veto_out_of_range": {
        "da": "Minimum for »{criterion}« er {written}. Skriv et tal fra 0 til 100.",
        "en": "The veto for “{criterion}” is {written}. Write a number from 0 to 100.",
    },
    "profile_falls": {
        "da": "Kravet til »{criterion}« falder fra {lower} (linje {other_line}) til {profile}. Skriv mindst "
        "{lower}.",
        "en": "The profile for “{criterion}” falls from {lower} (line {other_line}) to {profile}. "
        "Write at least {lower}.",
    },
    "veto_not_under_profile": {
        "da": "Minimum for »{criterion}« er {veto}, men kravet er {profile}. Skriv et minimum under "
        "{profile}.",
        "en": "The veto for “{criterion}” is {veto} but its profile is {profile}. Write a veto under "
        "{profile}.",
    },
    "veto_without_effect": {
        "da": "Minimum for »{criterion}« er {veto}, men en lavere grænse kræver allerede over {lower}.",
        "en": "The veto for “{criterion}” is {veto}, but a lower boundary already asks for more than "
        "{lower}.",
    },
    "outcome_unreachable": {
        "da": "Ingen besvarelse kan ende i »{id}«, selv når alt er besvaret og intet loft gælder. "
        "Sæt kravene på de to sider af den længere fra hinanden.",
        "en": "No answers lead to “{id}”, even with everything answered and no cap. "
        "Move the profiles on its two sides further apart.",
    },
    # Gates, caps and sections
    "section_with_both": {
        "da": "Afsnittet »{id}« har både »items« og »gates«. Del det i to afsnit.",
        "en": "The section “{id}” has both “items” and “gates”. Make it two sections.",
    },
    "section_empty": {
        "da": "Afsnittet »{id}« spørger ikke om noget. Giv det »items« eller »gates«, eller slet det.",
        "en": "The section “{id}” asks nothing. Give it “items” or “gates”, or delete it.",
    },
    "gate_in_two_sections": {
        "da": "»{id}« står allerede i linje {other_line}. Spørg kun om det ét sted.",
        "en": "“{id}” is already in line {other_line}. Ask about it in one place only.",
    },
    "gate_in_no_section": {
        "da": "Der bliver aldrig spurgt om »{id}«. Skriv dets id i »gates« i et afsnit.",
        "en": "Nobody is ever asked about “{id}”. Write its id in the “gates” of a section.",
    },
    "gate_without_effect": {
        "da": "»{id}« tillader den bedste anbefaling ({best}), mens svaret mangler, og holder altså intet "
        "tilbage.",
        "en": "“{id}” allows the best outcome ({best}) while it is open, and so holds nothing back.",
    },
    "cap_without_effect": {
        "da": "»{id}« tillader den bedste anbefaling ({best}) og holder altså intet tilbage.",
        "en": "“{id}” allows the best outcome ({best}) and so holds nothing back.",
    },
    # Conditions
    "condition_on_criterion": {
        "da": "»{id}« er et kriterium. En betingelse ser på spørgsmål, aldrig på kriterier.",
        "en": "“{id}” is a criterion. A condition looks at items, never at criteria.",
    },
    "condition_on_gate": {
        "da": "»{id}« står under »gates«. En betingelse ser på spørgsmål; »gates« har deres egen virkning.",
        "en": "“{id}” is a gate. A condition looks at items; gates have an effect of their own.",
    },
    "condition_no_option": {
        "da": "»{given}« er ikke et svar på »{id}«.{maybe} Svarene er: {known}.",
        "en": "“{given}” is not an answer to “{id}”.{maybe} The answers are: {known}.",
    },
    "condition_no_number": {
        "da": "»{written}« er ikke et tal, som »{id}« kan have. Skriv et tal inden for dets grænser.",
        "en": "“{written}” is not a number that “{id}” can have. Write a number within its limits.",
    },
    "condition_only_answered": {
        "da": "»{id}« er af typen »{kind}« og kan kun prøves med »answered« (i »show_if«).",
        "en": "“{id}” is of the kind “{kind}” and can only be tested with “answered” (in “show_if”).",
    },
    "condition_without_order": {
        "da": "Svarene på »{id}« har ingen rækkefølge. Brug »is« eller »in«: {options}.",
        "en": "The answers to “{id}” have no order. Use “is” or “in”: {options}.",
    },
    "answered_outside_show_if": {
        "da": "»answered« kan kun bruges i »show_if«. Prøv svaret selv med »is«, »in«, »at_least« eller "
        "»at_most«.",
        "en": "“answered” works only in “show_if”. Test the answer itself: “is”, “in”, “at_least”, "
        "“at_most”.",
    },
    "show_if_on_values": {
        "da": "»{id}« har en værdi og skal altid vises. Slet »show_if«, eller tillad »may_be_na«.",
        "en": "“{id}” has a value and must always be shown. Delete “show_if”, or allow “may_be_na”.",
    },
    "show_if_later": {
        "da": "»{id}« kan ikke afhænge af »{item}«, som der ikke er spurgt om endnu. Flyt det ene.",
        "en": "“{id}” cannot depend on “{item}”, which has not been asked yet. Move one of them.",
    },
    "cap_for_better_answers": {
        "da": "Loftet gælder for de bedre svar på »{id}« og ikke for de ringere. Vend det: »at_most« i "
        "stedet for »at_least«, eller tag de ringere svar med ({options}, ringest først).",
        "en": "The cap holds for better answers to “{id}” and not for worse. Turn it round: “at_most” for "
        "“at_least”, or include the worse answers ({options}, worst first).",
    },
    # Subject fields and items
    "subject_with_values": {
        "da": "»{id}« står i »subject« og må ikke have værdi. Brug en af disse typer, uden »score«: {known}.",
        "en": "“{id}” is in “subject” and must have no value. Use one of these kinds, without “score”: "
        "{known}.",
    },
    "subject_with_scores": {
        "da": "»{id}« står i »subject« og må ikke have værdi. Fjern »score« ved svarene.",
        "en": "“{id}” is in “subject” and must have no value. Remove “score” from its options.",
    },
    "role_twice": {
        "da": "Rollen »{role}« er allerede givet i linje {other_line}. Hver rolle kan kun gives ét felt.",
        "en": "The role “{role}” is already given in line {other_line}. Each role belongs to one field.",
    },
    "no_required_partner": {
        "da": 'Der mangler et felt til partnerens navn. Tilføj et med "role": "partner" og "required": true.',
        "en": 'There is no field for the partner’s name. Add one with "role": "partner", "required": true.',
    },
    "required_and_show_if": {
        "da": "»{id}« er krævet, men vises ikke altid. Slet »required« eller »show_if«.",
        "en": "“{id}” is required but not always shown. Delete “required” or “show_if”.",
    },
    "text_partner_missing": {
        "da": "»{id}« stilles til begge sider, men mangler »text_partner«, ordene til partneren.",
        "en": "“{id}” is asked of both sides but lacks “text_partner”, the wording for the partner.",
    },
    "text_partner_not_used": {
        "da": '»{id}« har »text_partner«, men »side« er »{side}«. Skriv "side": "both", eller slet teksten.',
        "en": '“{id}” has “text_partner” but its “side” is “{side}”. Write "side": "both", or delete it.',
    },
    "minimum_above_maximum": {
        "da": "»minimum« ({minimum}) er over »maximum« ({maximum}). Byt dem.",
        "en": "“minimum” ({minimum}) is above “maximum” ({maximum}). Swap them.",
    },
    # Advice
    "advice_without_occasion": {
        "da": "»{id}« har ingen anledning. Giv det »criterion« og »below«, »when« eller »outcomes«.",
        "en": "“{id}” has no occasion. Give it “criterion” and “below”, “when” or “outcomes”.",
    },
    "below_without_criterion": {
        "da": "»{id}« har »below«, men intet »criterion«, det gælder. Tilføj det, eller slet »below«.",
        "en": "“{id}” has “below” but no “criterion” that it is about. Add it, or delete “below”.",
    },
    "criterion_without_below": {
        "da": '»{id}« har »criterion«, men ikke »below«: Hvornår er det lavt? Skriv for eksempel "below": '
        "50.",
        "en": '“{id}” has “criterion” but no “below”: when is it low? Write, say, "below": 50.',
    },
    # Worth another look
    "item_never_matters": {
        "da": "Intet afhænger af »{id}«. Tag det med i et kriterium eller en betingelse, eller slet det.",
        "en": "Nothing depends on “{id}”. Put it into a criterion or a condition, or delete it.",
    },
    "criterion_never_matters": {
        "da": "»{id}« kan aldrig afgøre noget: Krav, vægt og minimum gør ingen forskel ved nogen grænse.",
        "en": "“{id}” can never decide anything: profile, weight and veto make no difference at any "
        "boundary.",
    },
    "ask_missing": {
        "da": "»{id}« mangler »ask«: det spørgsmål, der stilles på mødet, når svaret ikke kendes.",
        "en": "“{id}” lacks “ask”: the question for the meeting when the answer is not known.",
    },
    "scale_not_used": {
        "da": "Ingen spørgsmål bruger skalaen »{id}«. Slet den, eller nævn den i »scale«.",
        "en": "No item uses the scale “{id}”. Delete it, or name it in “scale”.",
    },
    "minutes_belied": {
        "da": "Der står {minutes} minutter, men ordene tager nærmere {estimate}.",
        "en": "It says {minutes} minutes, but the words take more like {estimate}.",
    },
}
