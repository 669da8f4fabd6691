"""The numbers that bound hostile or broken input, and why each is what it is.

Documents are hostile until read: each number is far above what a real manual needs and far below what hurts
the machine (measured on bombs that expand 7 kB to 4 GiB).
"""

#: A support desk's largest scanned binder is about 150 MB; above this somebody dropped in the wrong file.
MAX_SOURCE_BYTES = 200 * 1024 * 1024
#: Longest real manual met: 700 pages; bound for a document that claims more.
MAX_PAGES = 2_000
#: A4 at 600 dpi is 35 megapixels; beyond this the render scale falls instead of failing.
MAX_PAGE_PIXELS = 50_000_000
#: The longest side of a page in points: PDF allows 14,400, a 200-inch plan more.
MAX_SIDE_PT = 20_000.0
#: Characters of a page's text layer; a dense page of law has about 6,000.
MAX_PAGE_CHARACTERS = 100_000
#: Bookmarks of a file, how deep they go, and the characters of one; a manual of 700 pages has about 1,000, 5 deep.
MAX_BOOKMARKS = 5_000
DEEPEST_BOOKMARK = 8
LONGEST_BOOKMARK = 200
#: Links on one page, and the bytes of an address; an index page has about 200.
MAX_PAGE_LINKS = 1_000
LONGEST_ADDRESS = 500
#: Ruled lines on one page; graph-paper forms have about 3,000.
MAX_PAGE_RULES = 20_000
#: Rows times columns of a ruled grid; graph paper of 3,000 rules has two million places.
MAX_GRID_AREA = 4_000_000
#: Characters of one section or sheet of a file without pages; the largest list of answers met has 300,000.
MAX_WRITTEN_CHARACTERS = 2_000_000
#: Paragraphs, list items and tables of one section or sheet.
MAX_WRITTEN_BLOCKS = 50_000
#: Cells of one table; a list of 5,000 questions with ten columns has 50,000.
MAX_TABLE_CELLS = 100_000
#: Rows times columns of a sheet in which borders are followed; sheets formatted to the last row have 10^10.
MAX_SHEET_AREA = 1_000_000
#: What an office file (a zip) may claim to unpack to, all parts together, and how many parts it may have.
MAX_UNPACKED_BYTES = 500 * 1024 * 1024
MAX_UNPACKED_PARTS = 10_000
#: Its XML alone, which a parser makes ten times larger; a workbook of 20 sheets has about 20 MB.
MAX_UNPACKED_XML_BYTES = 80 * 1024 * 1024
#: Address space of the opener, which parses the hostile file. Peak seen on real manuals: 400 MB.
OPENER_MEMORY_BYTES = 1_500 * 1024 * 1024
#: Wall clock of the opener: a base plus a share for each page.
OPENER_BASE_S = 60.0
OPENER_PAGE_S = 10.0
#: One page in the recogniser; a dense A4 page takes 1 to 4 s.
RECOGNISE_PAGE_S = 120.0
#: Added for the first page of a fresh recogniser, which loads its engines: 1 to 3 s, ten times that from a cold disk.
RECOGNISER_START_S = 60.0
#: A recogniser that holds more than this between two pages is replaced; model runtimes never give memory back.
RECOGNISER_MEMORY_BYTES = 800 * 1024 * 1024
#: But not before it has read so many: a start costs about as much as two pages.
RECOGNISER_LEAST_PAGES = 20
#: A hand-written YAML file (settings, front matter); the largest real one is about 8 kB.
MAX_YAML_BYTES = 64 * 1024
MAX_YAML_DEPTH = 8

#: Words of a scan that were read more surely than this (percent) are not kept as doubts; no setting can ask for them.
DOUBTS_KEPT_BELOW = 90.0
