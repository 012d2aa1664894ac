// Fields, constructors, virtual and interface calls, super, casts, instanceof, statics and their initialisers.
public class A3Objects {
  interface Shape {
    int area();
  }

  static class Square implements Shape {
    protected int side;
    static int made;

    Square(int side) {
      this.side = side;
      made++;
    }

    public int area() {
      return side * side;
    }
  }

  static class Cube extends Square {
    static final int[] FACES = {6};
    long weight = 1L << 33;
    double density = 0.5;

    Cube(int side) {
      super(side);
    }

    @Override
    public int area() {
      return super.area() * FACES[0];
    }
  }

  static Shape last;

  public static void main(String[] args) {
    Shape[] shapes = {new Square(3), new Cube(2), new Square(1)};
    for (Shape s : shapes) {
      System.out.println(s.area());
      System.out.println(s instanceof Cube);
      last = s;
    }
    Cube c = (Cube) shapes[1];
    c.weight += 5;
    c.density *= 3;
    System.out.println(c.weight);
    System.out.println(c.density);
    System.out.println(Square.made);
    System.out.println(last == shapes[2]);
    System.out.println(c.getClass().getName());
    System.out.println(c.equals(shapes[1]));
  }
}
