"""The few colours that pages use, each with one meaning.

Blue is better, orange is worse, grey is neither, purple is a change that
nobody judges; a shape and a word always go with them. The other four are the
Analysis Function's accessible palette, for telling series apart:
https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/
"""

INK = "#2F2D2B"
QUIET = "#55606A"
HAIRLINE = "#D9DEE3"
GROUND = "#FFFFFF"

BETTER = "#005EB8"
WORSE = "#B84300"
NO_JUDGEMENT = "#490092"

US = "#12436D"
NEIGHBOURS = "#28A197"
# The neighbours' colour where words are written in it, dark enough to read.
NEIGHBOURS_TEXT = "#1A7A72"
ENGLAND = "#801650"
REGION = "#A285D1"
