"""YAML and JSON as trees of text: nothing is turned into anything else, and hostile files stop."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeliness.model.errors import InputError, Mistakes
from timeliness.read.nodes import (
    MAX_BYTES,
    MAX_DEPTH,
    ListNode,
    MapNode,
    Node,
    TextNode,
    decode,
    read_json,
    read_yaml,
)

HINT = (
    "; check the indentation, and put text that contains a colon or begins with a special sign in "
    '"quotes"'
)


def from_yaml(text: str) -> list[Node]:
    mistakes = Mistakes("c.yaml")
    nodes = read_yaml(text, mistakes)
    mistakes.raise_any()
    return nodes


def from_json(text: str) -> Node:
    mistakes = Mistakes("c.json")
    node = read_json(text, mistakes)
    mistakes.raise_any()
    return node


def yaml_refusal(text: str) -> str:
    with pytest.raises(InputError) as refused:
        from_yaml(text)
    return str(refused.value)


def json_refusal(text: str) -> str:
    with pytest.raises(InputError) as refused:
        from_json(text)
    return str(refused.value)


def plain(node: Node) -> object:
    """Return a tree as plain Python values, without its lines."""
    if isinstance(node, TextNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


# Bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "complaint: né\n".encode(),
        b"\xef\xbb\xbf" + "complaint: né\n".encode(),
        b"\xff\xfe" + "complaint: né\n".encode("utf-16-le"),
        b"\xfe\xff" + "complaint: né\n".encode("utf-16-be"),
        "complaint: né\n".encode("utf-16-le"),
        "complaint: né\n".encode("utf-16-be"),
        "complaint: né\n".encode("cp1252"),
    ],
    ids=[
        *("UTF-8", "UTF-8 with its mark", "UTF-16 little-endian", "UTF-16 big-endian"),
        *("little-endian without its mark", "big-endian without its mark", "Windows-1252"),
    ],
)
def test_a_file_is_utf_8_utf_16_or_windows_1252(data: bytes) -> None:
    assert decode(data, Mistakes("c.yaml")) == "complaint: né\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"complaint: x\nlandlord: n\x81\n",
            "c.yaml:2: the text is neither UTF-8 nor Windows-1252; save it as UTF-8 (in Excel: "
            "CSV UTF-8)",
        ),
        (
            b"\xff\xfea",
            "c.yaml: this is not a text file; save it as UTF-8 (in Excel: CSV UTF-8)",
        ),
    ],
    ids=["a byte of neither on line 2", "half a UTF-16 letter"],
)
def test_other_encodings_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(data, Mistakes("c.yaml"))
    assert str(refused.value) == says


def test_the_largest_file_is_read_and_one_byte_more_is_not() -> None:
    assert MAX_BYTES == 20_000_000
    assert len(decode(b" " * MAX_BYTES, Mistakes("c.yaml"))) == MAX_BYTES
    with pytest.raises(InputError) as refused:
        decode(b" " * (MAX_BYTES + 1), Mistakes("c.yaml"))
    assert str(refused.value) == (
        "c.yaml: the file has more than 20 MB, the most that is read; split it into several files"
    )


# Values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "off",
        "true",
        "17:30",
        "03/06/2025",
        "2025-06-03",
        "2025-06-03T17:30:00Z",
        "202229082",
        "0123",
        "0x1F",
        "1_000",
        "1e3",
        "1.50",
        ".inf",
        "=",
        "Norway",
    ],
)
def test_a_yaml_value_stays_the_text_it_is(text: str) -> None:
    assert from_yaml(text) == [TextNode(text, 1)]
    assert from_yaml(f"{text}: x") == [MapNode(((TextNode(text, 1), TextNode("x", 1)),), 1)]


@pytest.mark.parametrize("text", ["202229082", "-0.50", "1e3", "1E+3", "true", "false"])
def test_a_json_value_stays_the_text_it_is(text: str) -> None:
    assert from_json(text) == TextNode(text, 1)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_in_yaml_is_an_empty_text(text: str) -> None:
    assert plain(from_yaml(f"landlord: {text}")[0]) == {"landlord": ""}


def test_nothing_in_json_is_an_empty_text_and_in_quotes_a_word() -> None:
    assert from_json("null") == TextNode("", 1)
    assert from_json('"null"') == TextNode("null", 1)
    assert from_yaml('"null"') == [TextNode("null", 1)]


def test_yaml_nodes_know_their_lines() -> None:
    text = "# first\na: 1\nb:\n  - 2\n  - {c: 3}\nd: >\n  long\n  text\ne:\n  'f'\n"
    assert from_yaml(text) == [
        MapNode(
            (
                (TextNode("a", 2), TextNode("1", 2)),
                (
                    TextNode("b", 3),
                    ListNode(
                        (TextNode("2", 4), MapNode(((TextNode("c", 5), TextNode("3", 5)),), 5)), 4
                    ),
                ),
                (TextNode("d", 6), TextNode("long text\n", 6)),
                (TextNode("e", 9), TextNode("f", 10)),
            ),
            2,
        )
    ]


def test_json_nodes_know_their_lines() -> None:
    text = '\n{"a": 1,\n "b": [\n  2,\r\n  {"c": "x\\ny"}\n ]\n}\n'
    assert from_json(text) == MapNode(
        (
            (TextNode("a", 2), TextNode("1", 2)),
            (
                TextNode("b", 3),
                ListNode(
                    (TextNode("2", 4), MapNode(((TextNode("c", 5), TextNode("x\ny", 5)),), 5)), 3
                ),
            ),
        ),
        2,
    )


def test_several_yaml_documents_are_several_nodes() -> None:
    assert from_yaml("a\n---\nb\n...\n---\n- c\n") == [
        TextNode("a", 1),
        TextNode("b", 3),
        ListNode((TextNode("c", 6),), 6),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"tab\\tline\\nend"', "tab\tline\nend"),
        ('"one\\r\\ntwo"', "one\ntwo"),
        ('"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        ('"\\u00e9\\u4e2d"', "é中"),
        ('"\\"\\\\\\/"', '"\\/'),
    ],
)
def test_harmless_escapes_in_json_are_read(text: str, read: str) -> None:
    assert from_json(text) == TextNode(read, 1)


# Control characters ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("escaped", "code"),
    [
        ("\\e[31m", "U+001B"),
        ("\\x1b[31m", "U+001B"),
        ("\\u001b", "U+001B"),
        ("\\0", "U+0000"),
        ("\\a", "U+0007"),
        ("\\b", "U+0008"),
        ("\\r", "U+000D"),
        ("\\v", "U+000B"),
        ("\\x7f", "U+007F"),
        ("\\N", "U+0085"),
        ("\\x9b31m", "U+009B"),
        ("\\L", "U+2028"),
        ("\\P", "U+2029"),
        ("\\u202e", "U+202E"),
        ("\\u2066", "U+2066"),
    ],
)
def test_an_escaped_control_character_in_yaml_is_refused(escaped: str, code: str) -> None:
    says = f"c.yaml:2: there is a control character ({code}) here; remove it"
    assert yaml_refusal(f'a: b\nc: "x{escaped}y"\n') == says
    assert yaml_refusal(f'a: b\n"x{escaped}y": c\n') == says


@pytest.mark.parametrize(
    ("escaped", "code"),
    [
        ("\\u001b[31m", "U+001B"),
        ("\\u0000", "U+0000"),
        ("\\b", "U+0008"),
        ("\\f", "U+000C"),
        ("\\r", "U+000D"),
        ("\\u007f", "U+007F"),
        ("\\u009b", "U+009B"),
        ("\\u2028", "U+2028"),
        ("\\u202e", "U+202E"),
        ("\\ud800", "U+D800"),
        ("\\udc00\\ud800", "U+DC00"),
    ],
)
def test_an_escaped_control_character_in_json_is_refused(escaped: str, code: str) -> None:
    says = f"c.json:2: there is a control character ({code}) here; remove it"
    assert json_refusal(f'{{"a": "b",\n"c": "x{escaped}y"}}') == says
    assert json_refusal(f'{{"a": "b",\n"x{escaped}y": "c"}}') == says


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("\x1b", "U+001B"),
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x7f", "U+007F"),
        ("\x9b", "U+009B"),
        ("\u202e", "U+202E"),
        ("\u2029", "U+2029"),
    ],
)
def test_a_bare_control_character_in_yaml_is_refused(raw: str, code: str) -> None:
    # The letters before it take two bytes each, which must not move the line.
    assert yaml_refusal(f"a: ééééé\nb: 'x{raw}y'\nc: d\n") == (
        f"c.yaml:2: there is a control character ({code}) here; remove it"
    )


def test_a_control_character_never_reaches_the_tree() -> None:
    mistakes = Mistakes("c.json")
    assert read_json('"x\\u001b[31m"', mistakes) == TextNode("x\N{REPLACEMENT CHARACTER}[31m", 1)
    assert [mistake.line for mistake in mistakes.found] == [1]


# What is not read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a: b\nc: &x d\ne: *x\n",
            "c.yaml:2: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "a: b\nc: *x\n",
            "c.yaml:2: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "a: &x\n  b: c\n",
            "c.yaml:1: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "a: &x [b]\n",
            "c.yaml:1: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        (
            "a: b\n<<: *x\n",
            "c.yaml:2: YAML anchors and aliases (& and *) are not read; write it out",
        ),
        ("a: !!str b\n", "c.yaml:1: YAML tags (!) are not read; leave the tag out"),
        ("a: ! b\n", "c.yaml:1: YAML tags (!) are not read; leave the tag out"),
        ("a:\n- !x {b: c}\n", "c.yaml:2: YAML tags (!) are not read; leave the tag out"),
        (
            "!!python/object/apply:os.system [x]\n",
            "c.yaml:1: YAML tags (!) are not read; leave the tag out",
        ),
        ("? [a, b]\n: c\n", "c.yaml:1: a key must be plain text"),
        ("x: y\n{a: b}: c\n", "c.yaml:2: a key must be plain text"),
        ("a: b\nc: d\na: e\n", 'c.yaml:3: the key "a" is given here and on line 1; keep one'),
        (
            "a: {b: c,\n  b: d}\n",
            'c.yaml:2: the key "b" is given here and on line 1; keep one',
        ),
    ],
)
def test_what_yaml_can_do_and_timelines_do_not_need_is_refused(text: str, says: str) -> None:
    assert yaml_refusal(text) == says


def test_a_key_that_stands_twice_in_json_is_refused() -> None:
    assert json_refusal('{"a": 1,\n "b": 2,\n "a": 3}') == (
        'c.json:3: the key "a" is given here and on line 1; keep one'
    )


def test_the_deepest_nesting_is_read_and_one_more_is_not() -> None:
    assert MAX_DEPTH == 12
    deep, deeper = "[" * 12 + "]" * 12, "[" * 13 + "]" * 13
    assert [from_json(deep)] == from_yaml(deep)
    says = "this is nested more than 12 deep; flatten it"
    assert yaml_refusal(deeper) == f"c.yaml:1: {says}"
    assert json_refusal(deeper) == f"c.json:1: {says}"


def test_nesting_is_refused_at_the_line_where_it_goes_too_deep() -> None:
    text = "".join(f"{'  ' * depth}a:\n" for depth in range(14))
    assert yaml_refusal(text) == "c.yaml:12: this is nested more than 12 deep; flatten it"
    assert json_refusal('{"a":\n' * 14) == (
        "c.json:13: this is nested more than 12 deep; flatten it"
    )


@pytest.mark.parametrize("sign", ["[", '{"a":', "- "])
def test_a_bomb_of_brackets_stops_at_once(sign: str) -> None:
    bomb = sign * 500_000
    assert "nested more than 12 deep" in yaml_refusal(bomb)
    if sign != "- ":
        assert "nested more than 12 deep" in json_refusal(bomb)


# What is not YAML or JSON ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: b: c\n", 1, "a colon with a space after it is not expected here"),
        ("a: b\n c: d\n", 2, "a colon with a space after it is not expected here"),
        ("a: @b\n", 1, "a sign such as @ or ` is not expected here"),
        ("a: b\nc: 'd\ne: f\n", 2, "a text in quotes that begins here is not closed"),
        ('a: "\\q"\n', 1, "there is an unknown \\ escape in a text in double quotes"),
        ("a: [b, c\nd: e\n", 2, 'a comma or a "]" is missing'),
        ("a: {b: c\nd: e\n", 2, 'a comma or a "}" is missing'),
        ("a: [", 1, "a value is missing"),
        ("a: - b\n", 1, 'a "-" begins a list, on a line of its own'),
        (
            "a: b\n- c\n",
            2,
            "a key with a colon after it is expected here, in line with the keys above",
        ),
        (
            "a:\n  - b\n  c: d\n",
            3,
            'a "-" is expected here, in line with those above',
        ),
        ("a: b\nc\nd: e\n", 3, "a colon and a space are expected after the key"),
    ],
)
def test_what_is_not_yaml_says_where_and_what_to_look_for(text: str, line: int, says: str) -> None:
    assert yaml_refusal(text) == f"c.yaml:{line}: this line cannot be read: {says}{HINT}"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "the file ends too early; a value, a bracket or a brace is missing"),
        ('{"a": 1,\n', 2, 'a key in "quotes" is expected; do not put a comma after the last one'),
        ('{"a": 1,\n}', 2, 'a key in "quotes" is expected; do not put a comma after the last one'),
        ("{a: 1}", 1, 'a key in "quotes" is expected; do not put a comma after the last one'),
        ('{"a" 1}', 1, "a colon is expected after the key"),
        ('{"a": 1\n"b": 2}', 2, 'a comma or "}" is expected'),
        ("[1\n2]", 2, 'a comma or "]" is expected'),
        ("[1", 1, 'a comma or "]" is expected'),
        ("[1,\n]", 2, 'a value is expected here, not "]"; put texts in "quotes"'),
        ("[1, x]", 1, 'a value is expected here, not "x"; put texts in "quotes"'),
        ("['x']", 1, 'a value is expected here, not "\'"; put texts in "quotes"'),
        ("[NaN]", 1, 'a value is expected here, not "N"; put texts in "quotes"'),
        ("[01]", 1, 'a comma or "]" is expected'),
        (
            "[1] [2]",
            1,
            "something follows the end of the complaint; put several into one list, [...]",
        ),
        ('["a', 1, 'a text that begins here is not closed with a "'),
        (
            '[1,\n"a\nb"]',
            2,
            "a text that begins here runs over the end of the line or contains a control "
            "character; "
            "write a new line as \\n",
        ),
        (
            '["\\q"]',
            1,
            "a text that begins here contains an unknown \\ escape; write \\ itself as \\\\",
        ),
        (
            '["\\u12"]',
            1,
            "a text that begins here contains an unknown \\ escape; write \\ itself as \\\\",
        ),
        (
            '["C:\\Users"]',
            1,
            "a text that begins here contains an unknown \\ escape; write \\ itself as \\\\",
        ),
    ],
)
def test_what_is_not_json_says_where_and_what_is_expected(text: str, line: int, says: str) -> None:
    assert json_refusal(text) == f"c.json:{line}: this is not JSON: {says}"


def test_mistakes_found_before_a_file_breaks_off_are_told_with_it() -> None:
    assert yaml_refusal("a: b\na: c\nd: *x\n").splitlines() == [
        "c.yaml:3: YAML anchors and aliases (& and *) are not read; write it out",
    ]
    assert yaml_refusal("- {a: b, a: c}\n- *x\n").splitlines() == [
        'c.yaml:1: the key "a" is given here and on line 1; keep one',
        "c.yaml:2: YAML anchors and aliases (& and *) are not read; write it out",
    ]


# Laws -----------------------------------------------------------------------------------------

texts = st.text(
    st.one_of(
        st.sampled_from("\t\n -:#,[]{}&*!|>'\"%@`~?=<\\/0123456789aeno\N{GRINNING FACE}"),
        st.characters(
            min_codepoint=32, exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn"]
        ),
    ),
    max_size=12,
)
trees = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def depth(tree: object) -> int:
    if isinstance(tree, dict):
        return 1 + max([depth(value) for value in tree.values()], default=0)
    if isinstance(tree, list):
        return 1 + max([depth(item) for item in tree], default=0)
    return 1


@settings(max_examples=80, deadline=None)
@given(tree=trees.filter(lambda tree: depth(tree) < 12))
def test_yaml_and_json_of_the_same_data_give_the_same_tree(tree: object) -> None:
    for written in (json.dumps(tree), json.dumps(tree, ensure_ascii=False, indent=2)):
        assert plain(from_json(written)) == tree
    for style in (None, True, False):
        written = yaml.safe_dump(tree, default_style='"', default_flow_style=style)
        (node,) = from_yaml(written)
        assert plain(node) == tree


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(), texts, st.text(st.sampled_from('{}[]",:\\ntrue01\n '))))
@example(text='{"a":')
@example(text="\ufeff")
@example(text="\x85'")
def test_arbitrary_text_is_a_tree_or_an_input_error(text: str) -> None:
    for read in (from_yaml, from_json):
        try:
            read(text)
        except InputError as error:
            says = [mistake.says for mistake in error.mistakes]
            lines = [mistake.line for mistake in error.mistakes]
        else:
            continue
        assert all(says)
        assert all(0 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines)


@settings(deadline=None)
@given(data=st.one_of(st.binary(), st.text().map(str.encode)))
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"\xff\xfe\x00\x00")
def test_arbitrary_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data, Mistakes("c.yaml"))
    except InputError as error:
        says = error.mistakes[0].says
    else:
        # Whatever was read is what one of the encodings writes.
        encodings = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252")
        written = [text.encode(one, "replace") for one in encodings]
        assert data in written or data[2:] in written
        return
    assert says.endswith("; save it as UTF-8 (in Excel: CSV UTF-8)")
