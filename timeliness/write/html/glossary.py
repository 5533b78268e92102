"""The words that a report uses, in plain English."""

TERMS = (
    (
        "Acknowledge",
        "To tell the resident that the complaint, or the request to take it further, has arrived.",
    ),
    (
        "As at",
        "The day on which the check looks. What is not done by then counts as not done yet.",
    ),
    ("Bank holiday", "A public holiday. It does not count as a working day."),
    (
        "Breach",
        "A duty that was not met: an answer after its last day, or none at all by the as-at day.",
    ),
    (
        "Cannot tell",
        "The record does not decide. The report says which date would settle it.",
    ),
    (
        "Clause",
        "A numbered paragraph of the Code or of a policy. Each finding names its own.",
    ),
    (
        "Code",
        "The Complaint Handling Code of the Housing Ombudsman: how landlords in England are to "
        "handle complaints, and how fast.",
    ),
    ("Due", "The last day on which something is still in time."),
    (
        "Escalation",
        "When a resident is not content with the first answer and asks for the next stage.",
    ),
    (
        "Extension",
        "More time, which the landlord tells the resident of, with the reason and the new date.",
    ),
    (
        "For information",
        "Another way to count, which is shown and does not decide.",
    ),
    (
        "Not followed",
        "The Code says “should”, and it was not done. That is no breach, but is to be explained.",
    ),
    (
        "Policy",
        "The landlord's own rules for complaints. They may promise more than the Code, or less.",
    ),
    (
        "Projected",
        "The date lies past the bank holidays that have been announced, so it may move by a day.",
    ),
    (
        "Reading",
        "Where a rule does not say what starts its clock, each way to read it is counted.",
    ),
    (
        "Record: complete or partial",
        "A complete record holds everything that happened. A partial one may lack things, so that "
        "what is not in it cannot be held against anybody.",
    ),
    ("Stage 1 and stage 2", "The landlord's first answer, and its answer on a second look."),
    (
        "Working day",
        "Monday to Friday without bank holidays. The day of the event is day 0 unless the policy "
        "says otherwise.",
    ),
)
