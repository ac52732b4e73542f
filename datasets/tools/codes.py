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

# Regions, and what each holds besides districts of its counties. The sums of the smokers of every region and county
# (package smoking) are met by those of their districts.
REGIONS = {
    "E12000001": ("North East", ["E060000%02d" % n for n in (1, 2, 3, 4, 5, 47, 57)]
                  + ["E080000%02d" % n for n in (21, 22, 23, 24, 37)]),
    "E12000002": ("North West", ["E060000%02d" % n for n in (6, 7, 8, 9, 49, 50, 63, 64)]
                  + ["E080000%02d" % n for n in range(1, 16)]),
    "E12000003": ("Yorkshire and The Humber", ["E060000%02d" % n for n in (10, 11, 12, 13, 14, 65)]
                  + ["E080000%02d" % n for n in (16, 17, 18, 19, 32, 33, 34, 35, 36)]),
    "E12000004": ("East Midlands", ["E060000%02d" % n for n in (15, 16, 17, 18, 61, 62)]),
    "E12000005": ("West Midlands", ["E060000%02d" % n for n in (19, 20, 21, 51)]
                  + ["E080000%02d" % n for n in range(25, 32)]),
    "E12000006": ("East of England", ["E060000%02d" % n for n in (31, 32, 33, 34, 55, 56)]),
    "E12000007": ("London", ["E090000%02d" % n for n in range(1, 34)]),
    "E12000008": ("South East", ["E060000%02d" % n for n in (35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 60)]),
    "E12000009": ("South West", ["E060000%02d" % n for n in (22, 23, 24, 25, 26, 27, 30, 52, 53, 54, 58, 59, 66)]),
}
# Counties of 2023: name, region, first and last of the codes of their districts, and codes given since.
COUNTIES = {
    "E10000003": ("Cambridgeshire", "E12000006", 8, 12, []),
    "E10000007": ("Derbyshire", "E12000004", 32, 39, []),
    "E10000008": ("Devon", "E12000009", 40, 47, []),
    "E10000011": ("East Sussex", "E12000008", 61, 65, []),
    "E10000012": ("Essex", "E12000006", 66, 77, []),
    "E10000013": ("Gloucestershire", "E12000009", 78, 83, []),
    "E10000014": ("Hampshire", "E12000008", 84, 94, []),
    "E10000015": ("Hertfordshire", "E12000006", 95, 103, [240, 241, 242, 243]),
    KENT: ("Kent", "E12000008", 105, 116, []),
    "E10000017": ("Lancashire", "E12000002", 117, 128, []),
    "E10000018": ("Leicestershire", "E12000004", 129, 135, []),
    "E10000019": ("Lincolnshire", "E12000004", 136, 142, []),
    "E10000020": ("Norfolk", "E12000006", 143, 149, []),
    "E10000024": ("Nottinghamshire", "E12000004", 170, 176, []),
    "E10000025": ("Oxfordshire", "E12000008", 177, 181, []),
    "E10000028": ("Staffordshire", "E12000005", 192, 199, []),
    "E10000029": ("Suffolk", "E12000006", 200, 206, [244, 245]),
    "E10000030": ("Surrey", "E12000008", 207, 217, []),
    "E10000031": ("Warwickshire", "E12000005", 218, 222, []),
    "E10000032": ("West Sussex", "E12000008", 223, 229, []),
    "E10000034": ("Worcestershire", "E12000005", 234, 239, []),
}
# Commissioning groups of the places of Kent and Medway.
PLACES = {
    "E38000002": "East Kent", "E38000029": "East Kent", "E38000156": "East Kent", "E38000184": "East Kent",
    "E38000043": "Dartford, Gravesham and Swanley", "E38000104": "Medway and Swale", "E38000180": "Medway and Swale",
    WEST_KENT: "West Kent", "E38000237": ""}

ALIASES = {
    "E06000010": "Hull", "E06000047": "Durham", "E06000058": "BCP", "E07000112": "Shepway",
    ENGLAND: "", KENT_AND_MEDWAY: "QKS|NHS Kent and Medway Integrated Care Board",
    WEST_KENT: "99J|NHS West Kent CCG"}
KINDS = {"E06": "unitary", "E07": "district", "E08": "metropolitan-district", "E09": "london-borough"}
