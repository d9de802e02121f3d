"""Find the kind word before each name, and the lists that names stand in."""

from gazetteer.arabic import AND, IN, TO
from gazetteer.mentions import Mention, Passage
from gazetteer.place import ToponymKind

_LONGEST = 4  # words that can stand between two names of a list


def find_kind_words(passage: Passage, mentions: list[Mention]) -> None:
    """Find the kind word before each name, and link the names that stand in one list."""
    for mention in mentions:
        if mention.is_name and (not mention.prefix or mention.prefix == TO):
            found = passage.kind_word_before(mention.first)
            if found is not None:
                mention.kind_word, mention.kind_at = found
    names = [mention for mention in mentions if mention.reading is not ToponymKind.DEMONYM]
    adjectives = {
        number
        for mention in mentions
        if mention.reading is ToponymKind.DEMONYM
        for number in range(mention.first, mention.last + 1)
    }
    for before, mention in passage.pairs(names):
        alone = before.doubtful and before.listed_after is None
        if alone:
            continue
        if before.is_name and mention.is_name and _is_list(passage, before, mention, adjectives):
            mention.listed_after = before
            plural = before.kind_word if before.kind_word and before.kind_word.plural else None
            if mention.kind_word is None and plural is not None:
                mention.kind_word = plural
                mention.why.append("in a list after a kind word")


def _is_list(passage: Passage, before: Mention, mention: Mention, adjectives: set[int]) -> bool:
    start = mention.first if mention.kind_at is None else mention.kind_at
    words: list[str] = []
    for number in range(before.last + 1, start):
        if number not in adjectives:
            words.append(passage.tokens[number].word)
            if len(words) > _LONGEST:
                return False
    if mention.kind_at is None:
        particle = mention.prefix
    else:
        readings = passage.tokens[start].readings
        known = [len(w) for w, _ in readings if w in passage.words.kind_words]
        particle = readings[0][0][: len(readings[0][0]) - known[0]] if known else ""
    if particle not in ("", AND, AND + IN, AND + TO):
        return False
    gap = " ".join([*words, AND] if particle else words)
    between = passage.text[before.end : passage.start(start)]
    if not gap:
        return any(sign in between for sign in "،,-–/") and not any(s in between for s in ".؛:\n")
    return gap in passage.words.lists["list.between"] and not any(s in between for s in ".؛:")
