"""Codes and names of areas that no source file lists: former and later codes, and what took their place.

From the structural-change and boundary-change orders of 2012 to 2025, as the ONS Code History Database records
them. `last` is the last 30 June on which a code was in force (for a later code: the first).
"""

ENGLAND, KENT, MEDWAY, KENT_AND_MEDWAY, WEST_KENT = (
    "E92000001", "E10000016", "E06000035", "E54000032", "E38000199")
KENT_DISTRICTS = [f"E070001{n:02}" for n in range(5, 17)]
WEST_KENT_DISTRICTS = ["E07000110", "E07000111", "E07000115", "E07000116"]
SEVENOAKS = "E07000111"

# successor: (last mid-year, [(former code, name)])
FORMER_DISTRICTS = {
    "E06000058": (2018, [("E06000028", "Bournemouth"), ("E06000029", "Poole"), ("E07000048", "Christchurch")]),
    "E06000059": (2018, [
        ("E07000049", "East Dorset"), ("E07000050", "North Dorset"), ("E07000051", "Purbeck"),
        ("E07000052", "West Dorset"), ("E07000053", "Weymouth and Portland")]),
    "E06000060": (2019, [
        ("E07000004", "Aylesbury Vale"), ("E07000005", "Chiltern"), ("E07000006", "South Bucks"),
        ("E07000007", "Wycombe")]),
    "E06000061": (2020, [
        ("E07000150", "Corby"), ("E07000152", "East Northamptonshire"), ("E07000153", "Kettering"),
        ("E07000156", "Wellingborough")]),
    "E06000062": (2020, [
        ("E07000151", "Daventry"), ("E07000154", "Northampton"), ("E07000155", "South Northamptonshire")]),
    "E06000063": (2022, [("E07000026", "Allerdale"), ("E07000028", "Carlisle"), ("E07000029", "Copeland")]),
    "E06000064": (2022, [("E07000027", "Barrow-in-Furness"), ("E07000030", "Eden"), ("E07000031", "South Lakeland")]),
    "E06000065": (2022, [
        ("E07000163", "Craven"), ("E07000164", "Hambleton"), ("E07000165", "Harrogate"),
        ("E07000166", "Richmondshire"), ("E07000167", "Ryedale"), ("E07000168", "Scarborough"),
        ("E07000169", "Selby")]),
    "E06000066": (2022, [
        ("E07000187", "Mendip"), ("E07000188", "Sedgemoor"), ("E07000189", "South Somerset"),
        ("E07000246", "Somerset West and Taunton")]),
    "E07000244": (2018, [("E07000205", "Suffolk Coastal"), ("E07000206", "Waveney")]),
    "E07000245": (2018, [("E07000201", "Forest Heath"), ("E07000204", "St Edmundsbury")]),
    # Small boundary changes that brought a new code for the same place.
    "E07000240": (2011, [("E07000100", "St Albans")]),
    "E07000241": (2011, [("E07000104", "Welwyn Hatfield")]),
    "E07000242": (2012, [("E07000097", "East Hertfordshire")]),
    "E07000243": (2012, [("E07000101", "Stevenage")]),
    "E06000057": (2012, [("E06000048", "Northumberland")]),
    "E08000037": (2012, [("E08000020", "Gateshead")]),
}
# Merged into Somerset West and Taunton in April 2019, which became part of Somerset in April 2023.
FORMER_TWICE = [
    ("E07000190", "Taunton Deane", 2018, "E06000066"), ("E07000191", "West Somerset", 2018, "E06000066")]
# Codes that replace one of the 2023 boundaries, here in April 2025 by a small boundary change.
LATER_DISTRICTS = [("E08000038", "Barnsley", 2025, "E08000016"), ("E08000039", "Sheffield", 2025, "E08000019")]

# No successor where the county was divided between several authorities.
FORMER_COUNTIES = [
    ("E10000002", "Buckinghamshire", 2019, "E06000060"), ("E10000006", "Cumbria", 2022, ""),
    ("E10000009", "Dorset", 2018, ""), ("E10000021", "Northamptonshire", 2020, ""),
    ("E10000023", "North Yorkshire", 2022, "E06000065"), ("E10000027", "Somerset", 2022, "E06000066")]

# Clinical commissioning groups of Kent and Medway: eight until March 2020, one until June 2022.
FORMER_HEALTH = [
    ("E38000002", "09C", "NHS Ashford CCG", 2019), ("E38000029", "09E", "NHS Canterbury and Coastal CCG", 2019),
    ("E38000043", "09J", "NHS Dartford, Gravesham and Swanley CCG", 2019),
    ("E38000104", "09W", "NHS Medway CCG", 2019), ("E38000156", "10A", "NHS South Kent Coast CCG", 2019),
    ("E38000180", "10D", "NHS Swale CCG", 2019), ("E38000184", "10E", "NHS Thanet CCG", 2019),
    ("E38000237", "91Q", "NHS Kent and Medway CCG", 2022)]

# Counties that still stand in 2023; only Kent is an area of its own here.
STANDING_COUNTIES = {
    f"E100000{n:02}" for n in (3, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 24, 25, 28, 29, 30, 31, 32, 34)}

ALIASES = {
    "E06000010": "Hull", "E06000047": "Durham", "E06000058": "BCP", "E07000112": "Shepway",
    ENGLAND: "", KENT_AND_MEDWAY: "QKS|NHS Kent and Medway Integrated Care Board",
    WEST_KENT: "99J|NHS West Kent CCG"}
KINDS = {"E06": "unitary", "E07": "district", "E08": "metropolitan-district", "E09": "london-borough"}
