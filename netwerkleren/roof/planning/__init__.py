"""The wizard "Traject plannen": steps kept in the session, a page to check, and one click that makes it all."""
