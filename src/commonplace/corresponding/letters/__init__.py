"""Letters by e-mail: decided when a notice is written, composed when they are sent, never lost.

`deciding` owes them, `sending` carries them, `composing` reads what they say through their reader's own doors,
`writing` makes of it what a mail program reads, `refusals` stops an address that takes none.
"""
