"""What the page of the backend's calls says of a contract."""

import pytest

from generate_api_page import Contract, call_section, errors_of, form, page_of, prose, shown

CONTRACT = """
info: { summary: Say hello. }
servers: [{ url: "http://127.0.0.1:1" }]
paths:
  /v1/text:
    get: { operationId: text, summary: This text. }
  /v1/greet:
    post:
      operationId: greet
      summary: Greets one.
      description: Twice is as good as once.
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [client_id]
              properties:
                client_id: { $ref: "#/components/schemas/ClientId" }
                times: { type: integer, minimum: 1, maximum: 5000, default: 3, description: how often. }
                manner: { type: string, enum: [warm, cold] }
                after: { $ref: "#/components/schemas/Cursor", description: from the first when missing }
            example: { client_id: "ann's" }
      responses: { "200": { $ref: "#/components/responses/Greeted" }, "409": { $ref: "#/components/responses/Busy" } }
  /v1/wave:
    post:
      operationId: wave
      summary: Waves to many.
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                waves:
                  type: array
                  minItems: 1
                  maxItems: 2
                  items: { type: object, description: one of a hand, properties: { hand: { type: string } } }
            example: {}
      responses: { "200": { $ref: "#/components/responses/Greeted" } }
components:
  responses:
    Greeted:
      description: It has been greeted.
      content:
        application/json:
          schema:
            type: object
            required: [cursor]
            properties:
              cursor: { $ref: "#/components/schemas/Cursor" }
              mood: { type: string, enum: [glad, sad], description: with a manner }
    Busy: { description: "`idempotency_conflict`: busy." }
    Problem: { description: "`unauthorized` (401)." }
  schemas:
    ClientId: { type: string, description: a name }
    GroupName: { type: string, description: another }
    Message: { type: string, description: what is said }
    IdempotencyKey: { type: string, description: a word }
    Cursor: { type: string, description: a place }
    Gap: { type: object, description: a hole }
"""


@pytest.fixture
def contract() -> Contract:
    return Contract(CONTRACT)


def section(contract: Contract, path: str) -> str:
    return "\n".join(call_section(contract, path, contract.all["paths"][path]["post"], {}))


def test_a_call_is_told_with_its_line_to_try_its_members_its_answer_and_its_errors(contract: Contract) -> None:
    assert section(contract, "/v1/greet").splitlines() == [
        "## greet",
        "Greets one.",
        "",
        "Twice is as good as once.",
        "",
        "```sh",
        "curl http://127.0.0.1:1/v1/greet -H 'Content-Type: application/json' -d '{\"client_id\": \"ann'\\''s\"}'",
        "```",
        "",
        "| member | | takes | meaning |",
        "|---|---|---|---|",
        "| `client_id` | required | [client id](#values) |  |",
        "| `times` |  | whole number 1–5,000 | how often; `3` when missing |",
        '| `manner` |  | `"warm"`, `"cold"` |  |',
        "| `after` |  | [cursor](#values) | from the first when missing |",
        "",
        "**Answer**: It has been greeted.",
        "",
        "```json",
        '{"cursor": "k3v9x0c2ab-5"}',
        "```",
        "",
        "- `mood`, not always there: `glad`, `sad`; with a manner",
        "",
        "**Errors**: `invalid_client_id`, `invalid_cursor`, `idempotency_conflict`, and [those of every call](#errors).",
    ]


def test_objects_in_a_list_have_a_table_of_their_own(contract: Contract) -> None:
    told = section(contract, "/v1/wave")
    assert "| `waves` |  | list of 1–2 objects |  |" in told
    assert "Each of `waves` has one of a hand:\n\n| member |" in told
    assert "**Errors**: [those of every call](#errors)." in told


def test_an_answer_of_several_calls_is_told_once(contract: Contract) -> None:
    page = page_of(contract)
    assert page.count("It has been greeted.") == 1
    assert "**Answer**: as of [greet](#greet)." in page


def test_the_page_lists_its_calls_and_says_where_the_contract_is(contract: Contract) -> None:
    page = page_of(contract)
    assert "| [`greet`](#greet) | Greets one |\n| [`wave`](#wave) | Waves to many |\n" in page
    assert "hands out at `/v1/text`" in page
    assert "## text" not in page


def test_a_member_of_a_form_that_cannot_be_shown_is_an_error(contract: Contract) -> None:
    with pytest.raises(KeyError):
        form(contract, {"type": "number"})
    answer = contract.all["components"]["responses"]["Greeted"]["content"]["application/json"]["schema"]
    answer["required"].append("mood")
    with pytest.raises(ValueError, match="SAMPLES has nothing for mood"):
        page_of(contract)


def test_an_error_that_only_one_call_has_is_named_where_it_is(contract: Contract) -> None:
    operation = contract.all["paths"]["/v1/greet"]["post"]
    assert errors_of(contract, operation, {"properties": {"times": {}}}) == ["idempotency_conflict"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("not with client_ids or\n  groups", "not with `client_ids` or groups"),
        ("up to session.message_bytes.", "up to `session.message_bytes`."),
        ("`client_id` stays", "`client_id` stays"),
        ("the end. Another", "the end. Another"),
    ],
)
def test_names_are_marked_in_prose(text: str, written: str) -> None:
    assert prose(text) == written


def test_json_that_is_long_gets_a_line_for_each_member() -> None:
    assert shown({"a": [1, 2]}) == '{"a": [1, 2]}'
    long = "x" * 90
    assert shown({"a": [1, 2], "b": [long]}) == f'{{\n  "a": [1, 2],\n  "b": ["{long}"]\n}}'
