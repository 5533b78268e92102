"""Loading what a check needs: the rulebooks that ship, timelines, and the policies they name."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from timeliness.judge.editions import Asked, vocabulary_of
from timeliness.model.declared import NOTHING_DECLARED, Declared
from timeliness.model.errors import InputError, Mistake, Mistakes, UsageError
from timeliness.model.library import Library
from timeliness.model.report import Input
from timeliness.model.rulebooks import Rulebook
from timeliness.model.sides import CODE, POLICY
from timeliness.model.timelines import Timeline
from timeliness.model.vocabulary import Vocabulary
from timeliness.read.names import KINDS, check_standard, named, with_others
from timeliness.read.nodes import check_size
from timeliness.read.rulebooks import read_rulebook
from timeliness.read.series import add_rulebook
from timeliness.read.timelines import NotATimelineError, parse_timelines
from timeliness.resources import folder

SUFFIXES = (".yaml", ".yml", ".json")


def load_rulebooks(paths: Iterable[Path] = ()) -> Library:
    """Return the rulebooks that ship, and those in further files or folders.

    Raises `InputError` where a rulebook cannot be read, or an id is used twice.
    """
    books = dict(_shipped())
    for path in paths:
        for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
            add_rulebook(books, read_rulebook(file))
    return Library(books)


@cache
def _shipped() -> Mapping[str, Rulebook]:
    """Return the rulebooks that ship, by id; they are read once."""
    books: dict[str, Rulebook] = {}
    for path in sorted(folder("rules").rglob("*.yaml")):
        add_rulebook(books, read_rulebook(path))
    return books


class Loaded(Struct):
    """What was loaded: the timelines, the files they came from, and what could not be read."""

    timelines: list[Timeline] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class Loader:
    """Reads timelines, and the policy files that they name.

    `library` grows by each file of a policy or Code. `declared` has each policy and Code by the
    name under which it is known; a path that was given for one counts from this folder. Raises
    `UsageError` where there is none, `InputError` where one cannot be read.
    """

    def __init__(self, library: Library, declared: Declared = NOTHING_DECLARED) -> None:
        self._days_off = declared.days_off
        self._books = {name: self._with_days(book) for name, book in library.rulebooks.items()}
        self._shipped = frozenset(self._books)
        fixed = declared.fixed_policy
        self._vocabularies: dict[tuple[object, ...], Vocabulary] = {}
        self._policy = self._resolve(fixed, Path(), POLICY) if fixed else ""
        self._codes = self._resolve_codes(declared.fixed_codes, Path())
        self.declared = self._with_names(declared)

    def _with_days(self, book: Rulebook) -> Rulebook:
        """Return a rulebook whose clocks leave out the days off that are declared."""
        return replace(book, days_off=self._days_off) if self._days_off else book

    def _with_names(self, declared: Declared) -> Declared:
        return replace(
            self._told_apart(declared),
            landlords={name: self._told_apart(own) for name, own in declared.landlords.items()},
            fixed_policy=self._policy,
            fixed_codes=self._codes,
            code_names=self.library.names_of(CODE),
        )

    def _told_apart(self, declared: Declared) -> Declared:
        """Return what is declared with the names by which its rulebooks are known."""
        here = NamesIn(self, Path())
        policy, codes = here.rules(declared.rules)
        return replace(
            declared,
            policy=policy or here.policy(declared.policy),
            codes=codes or here.codes(declared.codes),
            rules=(),
        )

    def policy_name(self, policy: str, base: Path) -> str:
        """Return the name under which a policy is known; a path counts from `base`.

        Raises `UsageError` where there is no such policy, `InputError` where it cannot be read.
        """
        return self._policy or (self._resolve(policy, base, POLICY) if policy else "")

    def code_names(self, codes: Iterable[str], base: Path) -> tuple[str, ...]:
        """Return the names under which Codes are known, each an edition or a series.

        Each is an id, a series, a year, or a path that counts from `base`. Raises `UsageError`
        where there is no such Code, or where two are editions of one; `InputError` where one cannot
        be read.
        """
        return self._codes or self._resolve_codes(codes, base)

    def rule_names(self, rules: Iterable[str], base: Path) -> tuple[str, tuple[str, ...]]:
        """Return the name of the policy and of the Codes among some names of either.

        Raises `UsageError` where there is none of a name, or where two are policies, and
        `InputError` where one cannot be read.
        """
        names: dict[str, list[str]] = {POLICY: [], CODE: []}
        for rule in rules:
            name = self._resolve(rule, base)
            names[self.library.named(name)[0].standard].append(name)
        policies = list(dict.fromkeys(names[POLICY]))
        if len(policies) > 1:
            raise UsageError(
                f'"{policies[0]}" and "{policies[1]}" are both policies, and a complaint '
                "has one; keep one of them"
            )
        policy = self.policy_name(policies[0], base) if policies else ""
        return policy, self.code_names(names[CODE], base) if names[CODE] else ()

    def _resolve_codes(self, codes: Iterable[str], base: Path) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(self._resolve(one, base, CODE) for one in codes if one))
        first: dict[str, str] = {}
        for name in names:
            series = self.library.named(name)[0].series
            if series in first:
                raise UsageError(
                    f'"{first[series]}" and "{name}" are both of the Code "{series}"; write one of '
                    f"them, or {series}, of which the day of receipt chooses the edition"
                )
            first[series] = name
        return names

    def vocabulary(self, policy: str, codes: tuple[str, ...], nation: str, body: str) -> Vocabulary:
        """Return the events of the rulebooks asked for; it knows how to ask for those of others."""
        key = (policy, codes, nation, body, len(self._books))
        if key not in self._vocabularies:
            asked = Asked.of(self.library, nation, policy, codes, body)
            self._vocabularies[key] = with_others(vocabulary_of(asked.books), asked, self.library)
        return self._vocabularies[key]

    @property
    def library(self) -> Library:
        """Return every rulebook known so far."""
        return Library(self._books)

    @property
    def policy_files(self) -> list[str]:
        """Return the files of policies and Codes that were read beside those that ship."""
        return [book.path for name, book in self._books.items() if name not in self._shipped]

    def load(
        self, paths: Iterable[Path], stdin: bytes | None = None, skip: Collection[Path] = ()
    ) -> Loaded:
        """Load files and folders, each once, but for those to skip; `-` is for standard input.

        What cannot be read is noted in the result, and the rest is loaded all the same.
        """
        loaded = Loaded()
        seen: set[Path] = set()
        folders: dict[Path, Path] = {}
        for path in paths:
            try:
                for file, given in _files(path, skip):
                    if (place := _place_of(file, folders)) not in seen:
                        seen.add(place)
                        self._load_file(file, loaded, stdin if str(file) == "-" else None, given)
            except InputError as error:
                loaded.mistakes += error.mistakes
            except OSError as error:
                loaded.mistakes.append(
                    Mistake(str(path), 0, f"this cannot be opened: {error.strerror}")
                )
        return loaded

    def _load_file(self, file: Path, loaded: Loaded, data: bytes | None, given: bool) -> None:
        try:
            if data is None:
                check_size(file.stat().st_size, Mistakes(str(file)))
                data = file.read_bytes()
            loaded.inputs.append(Input(str(file), hashlib.sha256(data).hexdigest()))
            as_json = None if str(file) == "-" else file.suffix == ".json"
            loaded.timelines += self.parse(data, str(file), file.parent, as_json=as_json)
        except NotATimelineError as error:
            if given:
                loaded.mistakes += error.mistakes
            else:
                loaded.inputs.pop()
                loaded.left_out.append(f"{file}: a rulebook, not a timeline; left out")
        except InputError as error:
            loaded.mistakes += error.mistakes
        except OSError as error:
            loaded.mistakes.append(
                Mistake(str(file), 0, f"the file cannot be read: {error.strerror}")
            )

    def parse(
        self, data: bytes, name: str, base: Path, *, as_json: bool | None = None
    ) -> list[Timeline]:
        """Read the timelines in the bytes of a file.

        `base` is the folder from which the path of a policy counts. Raises `InputError`.
        """

        names = NamesIn(self, base)
        return parse_timelines(data, name, names, as_json=as_json, declared=self.declared)

    def _resolve(self, name: str, base: Path, standard: str = "") -> str:
        """Return the name under which a rulebook is known, reading its file where it is a path.

        It may be a policy or a Code where no `standard` is asked for.
        """
        if "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
            path = base / name
            if not path.is_file():
                kind = KINDS[standard]
                raise UsageError(f'there is no {kind} file "{name}" in {_shown(base)}')
            book = read_rulebook(path)
            if standard:
                check_standard(name, book, standard)
            book = self._with_days(book)
            add_rulebook(self._books, book)
            return book.id
        name = name.lower()
        named(self.library, name, standard)
        return name


class NamesIn(Struct, frozen=True):
    """The names of rulebooks as they are written in a file, whose paths count from its folder."""

    loader: Loader
    base: Path

    def policy(self, name: str) -> str:
        """Return the name under which a policy is known, "" for none; see `Loader.policy_name`."""
        return self.loader.policy_name(name, self.base)

    def codes(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names under which Codes are known; see `Loader.code_names`."""
        return self.loader.code_names(names, self.base)

    def rules(self, names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """Return the policy and the Codes among some names; see `Loader.rule_names`."""
        return self.loader.rule_names(names, self.base)

    def vocabulary(self, policy: str, codes: Sequence[str], nation: str, body: str) -> Vocabulary:
        """Return the events of the rulebooks that a complaint is checked against.

        It knows those of all others, and how to ask for them.
        """
        return self.loader.vocabulary(policy, tuple(codes), nation, body)


def _shown(base: Path) -> str:
    return "this folder" if str(base) in ("", ".") else f"the folder {base}"


def _place_of(file: Path, folders: dict[Path, Path]) -> Path:
    """Return where a file lies, links followed; where its folder lies is looked up once."""
    if file.is_symlink():
        return file.resolve()
    folder = file.parent
    if folder not in folders:
        folders[folder] = folder.resolve()
    return folders[folder] / file.name


def _files(path: Path, skip: Collection[Path]) -> Iterator[tuple[Path, bool]]:
    """Return the files that a path stands for, and whether each was itself named."""
    if path in skip:
        return
    if str(path) == "-" or path.is_file():
        yield path, True
        return
    if not path.exists():
        raise InputError([Mistake(str(path), 0, "there is no such file or folder")])
    if not path.is_dir():
        raise InputError([Mistake(str(path), 0, "this is neither a file nor a folder")])
    found = [file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()]
    found.sort(key=lambda file: file.parts)
    if not found and not any(one.is_relative_to(path) for one in skip):
        raise InputError(
            [
                Mistake(
                    str(path), 0, f"there are no timelines (*{', *'.join(SUFFIXES)}) in the folder"
                )
            ]
        )
    for file in found:
        if file not in skip:
            yield file, False
