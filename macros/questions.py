"""What somebody is asked who has a story to share: the words, and where each answer goes in a case study."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from macros.collection import Collection

MORE_LESSONS = 3
"""How many lessons can be told besides the first."""

Shape = Literal["text", "choice", "fact", "stage", "note"]


@dataclass(frozen=True)
class Question:
    """Something that is asked."""

    id: str
    label: str
    path: str
    """Where the answer goes in a case study; empty if it is for the editor only."""
    shape: Shape = "text"
    kind: Literal["line", "text"] = "line"
    hint: str = ""
    """Help; where there is none, the model's own."""


@dataclass(frozen=True)
class Group:
    """Questions that belong together."""

    heading: str
    words: str
    questions: tuple[Question, ...]
    folded: bool = True
    """Whether the page shows them only to who wants to tell more."""


LEAST = ("doing", "happened", "tell")
"""What is enough to make a case study of."""
PEOPLE = ("who", "know")
"""What is asked of everybody before a story leaves the device."""

_FIRST = Group(
    "Three questions",
    "This is enough. You need not know anything about research.",
    (
        Question("doing", "What were you doing, and with whom?", "summary", kind="text", hint="One or two sentences."),
        Question("happened", "What went well or badly?", "story.0.text", kind="text", hint="As much as you like."),
        Question("origin", "Which of these is it?", "lessons.0.origin", "choice", hint="You can leave this open."),
        Question("tell", "What would you tell someone else?", "lessons.0.lesson", kind="text", hint="One sentence."),
    ),
    folded=False,
)
_SAFE = Group(
    "Before you share it",
    "Only the editor reads these answers. They are not published.",
    (
        Question("who", "Who is in this story?", "", "note", "text", "Not their names: what they are to you."),
        Question("know", "Do they know that you want to share it? Do they agree?", "", "note", "text", "Say who does."),
        Question("leave-out", "What should we leave out?", "", "note", "text", "Such as a place, a date or an age."),
        Question("name", "How should we name you?", "contributors.0", hint="Leave it empty to stay unnamed."),
    ),
    folded=False,
)
_MORE = Group(
    "More about it, if you like",
    "Leave open what you do not know. The page then says: not reported.",
    (
        Question("title", "What is the work called?", "title"),
        Question("when", "When was it?", "when", "fact"),
        Question("where", "Where was it?", "where", "fact"),
        Question("organisations", "Who ran it, and with whom?", "organisations", "fact"),
        Question("funder", "Who paid for it?", "funder", "fact"),
        Question("status", "How far has it got?", "status", "fact"),
        Question("kind", "What kind of work was it?", "kind", "choice"),
        Question("group", "Which people took part?", "people.0.group", "choice", hint="The group that matters most."),
        Question("role", "What did they do?", "people.0.role", kind="text"),
        Question(
            "content-note", "May it distress somebody who reads it?", "content_note", hint="Say what it is about."
        ),
    ),
)
_REPORTING = Group(
    "What involving people did",
    "These are the points of the GRIPP2 short form, by which studies report involvement.",
    (
        Question("aim", "Why did you involve people?", "reporting.aim", "fact", "text"),
        Question("methods", "How were they involved?", "reporting.methods", "fact", "text"),
        Question("positive-results", "What was good about it?", "reporting.positive_results", "fact", "text"),
        Question("negative-results", "What was not good?", "reporting.negative_results", "fact", "text"),
        Question("influence", "What did it change in the work?", "reporting.influence", "fact", "text"),
        Question("reflections", "What would you do again, and what not?", "reporting.reflections", "fact", "text"),
    ),
)

NOT_ASKED = {
    "short_title": "made of the title",
    "source": "the story itself",
    "places": "an editor takes them from where it was",
    "two_lenses": "a tool of its own",
    "quotations": "an editor marks them, with the teller",
    "ladder": "people say it together, not one alone",
    "unknowns": "the form says what it did not ask",
    "references": "an editor adds them",
    "consent": "told by somebody who was there",
    "easy_read": "none yet",
    "licence": "the same for all",
    "updated": "the day on which it was told",
}
"""What a form does not ask of a case study, and why."""


@lru_cache(maxsize=8)
def groups(collection: Collection) -> tuple[Group, ...]:
    """All questions, in order; the stages of a project are those of the vocabulary."""
    stages = {stage.id: stage for stage in collection.vocabulary.stages}
    labels = {id_: stages[id_].label for id_ in collection.vocabulary.project_stages}
    by_stage = tuple(
        Question(f"stage-{id_}", label, f"stages.{id_}", "stage", "text", hint=f"{stages[id_].meaning}")
        for id_, label in labels.items()
    )
    lessons = tuple(
        question
        for number in range(1, MORE_LESSONS + 1)
        for question in (
            Question(
                f"lesson-{number}",
                f"Lesson {number + 1}: what would you tell someone?",
                f"lessons.{number}.lesson",
                kind="text",
            ),
            Question(
                f"detail-{number}", f"Lesson {number + 1}: what happened?", f"lessons.{number}.detail", kind="text"
            ),
            Question(f"origin-{number}", f"Lesson {number + 1}: which is it?", f"lessons.{number}.origin", "choice"),
        )
    )
    return (
        _FIRST,
        _SAFE,
        _MORE,
        Group("When people with lived experience took part", "Say for each time what they did.", by_stage),
        _REPORTING,
        Group("More lessons", "Each is one thing that others can learn.", lessons),
    )
