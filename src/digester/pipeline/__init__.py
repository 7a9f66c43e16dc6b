"""The steps. Each is `todo` (what the store says is missing) and `do` (powers in, rows out).

A step's parameters are its powers: `collect` cannot send mail, `publish` cannot ask a model.
"""
